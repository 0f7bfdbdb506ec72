import { expect, test } from "bun:test";
import { lineEndsOfTerminal, textDecoder } from "../../../../lib/host/process/output-text.ts";
import { processFixture } from "../../../support/process-fixture.ts";
import { bearersOf } from "../../../support/survivors.ts";

const terminal = { columns: 80, rows: 24 };

for (const where of ["through pipes", "in a terminal"] as const) {
  const more = where === "in a terminal" ? { terminal } : {};

  test(`ten megabytes written right before the end all arrive ${where}`, async () => {
    await using fixture = processFixture();
    const { stdout } = await fixture.sh("head -c 10000000 /dev/zero | tr '\\0' x; echo end", more);
    expect(stdout.length).toBe(10_000_004);
    expect(stdout.endsWith("xend\n")).toBe(true);
  });

  test(`the last words arrive every time ${where}`, async () => {
    await using fixture = processFixture();
    for (let round = 0; round < 40; round += 1) {
      const { stdout, stderr } = await fixture.sh("head -c 60000 /dev/zero | tr '\\0' x; echo out; echo err >&2", more);
      expect(stdout.length + stderr.length).toBe(60_008);
    }
  });

  test(`what is already written arrives although a grandchild holds the output ${where}`, async () => {
    await using fixture = processFixture();
    const script = "(trap '' HUP TERM; sleep 1000) & head -c 60000 /dev/zero | tr '\\0' x; echo end";
    const { stdout } = await fixture.sh(script, more);
    expect(stdout.length).toBe(60_004);
  });

  test(`text is handed on as it comes, also a prompt without a line end ${where}`, async () => {
    await using fixture = processFixture();
    const prompt = Promise.withResolvers<string>();
    const running = fixture.sh("printf 'name: '; exec sleep 1000", {
      ...more,
      onOutput: (_, text) => prompt.resolve(text),
    });
    const at = performance.now();
    expect(await prompt.promise).toBe("name: ");
    expect(performance.now() - at).toBeLessThan(1000);
    await fixture.spawner.stopAll();
    expect((await running).stdout).toBe("name: ");
  });

  test(`characters are never cut in two, and what is no UTF-8 becomes U+FFFD ${where}`, async () => {
    await using fixture = processFixture();
    const pieces: string[] = [];
    const script = "printf '\\342\\202'; sleep 0.05; printf '\\254 \\377 '; sleep 0.05; printf '\\360\\237\\230'";
    const { stdout } = await fixture.sh(script, { ...more, onOutput: (_, text) => pieces.push(text) });
    expect(stdout).toBe("€ \ufffd \ufffd");
    expect(pieces.join("")).toBe(stdout);
    expect(pieces[0]).toBe("€ \ufffd ");
  });

  test(`a hundred megabytes that nobody keeps take no memory ${where}`, async () => {
    await using fixture = processFixture();
    let bytes = 0;
    Bun.gc(true);
    const before = process.memoryUsage.rss();
    let most = 0;
    const count = (_: string, chunk: Uint8Array) => {
      bytes += chunk.length;
      most = Math.max(most, process.memoryUsage.rss());
    };
    await fixture.sh("head -c 100000000 /dev/zero", { ...more, capture: false, onBytes: count });
    expect(bytes).toBe(100_000_000);
    expect(most - before).toBeLessThan(80_000_000);
  }, 30_000);
}

test("output that nobody wants is not read at all", async () => {
  await using fixture = processFixture();
  const result = await fixture.sh("ls -l /proc/self/fd/1 >&2; head -c 100000000 /dev/zero; exit 2", { capture: false });
  expect(result).toMatchObject({ exitCode: 2, stdout: "", stderr: "" });
});

test("a byte-order mark is content", async () => {
  await using fixture = processFixture();
  expect((await fixture.sh("printf '\\357\\273\\277text'")).stdout).toBe("\ufefftext");
});

test("a process can open its own stdout and stderr by name", async () => {
  await using fixture = processFixture();
  const result = await fixture.sh("echo out >/dev/stdout; echo err >/dev/stderr; echo both | tee /dev/stderr");
  expect(result).toMatchObject({ exitCode: 0, stdout: "out\nboth\n", stderr: "err\nboth\n" });
});

test("a process that closes its output early is waited for all the same", async () => {
  await using fixture = processFixture();
  expect(await fixture.sh("echo words; exec >&- 2>&-; sleep 0.2; exit 6")).toMatchObject({
    exitCode: 6,
    stdout: "words\n",
  });
});

test("what bash itself does not wait for may finish its work", async () => {
  await using fixture = processFixture();
  const { stdout } = await fixture.sh("exec bash -c 'seq 20000 > >(sleep 0.1; tail -n 1)'");
  expect(stdout).toBe("20000\n");
});

test("an error in a receiver comes out, and nothing is left of the process", async () => {
  await using fixture = processFixture();
  const fail = () => {
    throw new Error("the receiver's own");
  };
  await expect(fixture.sh("echo words; exec sleep 1000", { onOutput: fail })).rejects.toThrow("the receiver's own");
  await expect(fixture.sh("echo words; exec sleep 1000", { onOutput: fail, terminal })).rejects.toThrow(
    "the receiver's own"
  );
  expect(bearersOf(fixture.marker)).toEqual([]);
});

const bytes = (text: string) => new TextEncoder().encode(text);

/** What a terminal sends, in pieces, and what the program had written. */
const terminalLines: readonly (readonly [readonly string[], string])[] = [
  [["one\r\ntwo\r\n"], "one\ntwo\n"],
  [["one\r", "\ntwo"], "one\ntwo"],
  [["10%\r", "50%\r", "100%\r\n"], "10%\r50%\r100%\n"],
  [["dos\r\r\n"], "dos\r\n"],
  [["dos\r", "\r", "\n"], "dos\r\n"],
  [["end\r"], "end\r"],
  [["\n\n\r\r"], "\n\n\r\r"],
  [[], ""],
];

for (const [pieces, text] of terminalLines) {
  test(`from a terminal, ${JSON.stringify(pieces)} is ${JSON.stringify(text)}`, () => {
    const decode = lineEndsOfTerminal(textDecoder());
    expect(pieces.map((piece) => decode(bytes(piece))).join("") + decode.end()).toBe(text);
  });
}
