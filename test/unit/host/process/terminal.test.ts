import { expect, test } from "bun:test";
import { processFixture } from "../../../support/process-fixture.ts";

const terminal = { columns: 61, rows: 17 };

test("a process in a terminal of its own sees one, of its size, on stdout and stderr, and none on stdin", async () => {
  await using fixture = processFixture();
  const script = "test -t 0 || echo in; test -t 1 && echo out; test -t 2 && echo err >&2; stty size <&1";
  expect(await fixture.sh(script, { terminal })).toMatchObject({ stdout: "in\nout\nerr\n17 61\n", stderr: "" });
});

test("with its own terminal as stdin it can ask there", async () => {
  await using fixture = processFixture();
  expect((await fixture.sh("tty >/dev/null && echo tty", { terminal, stdin: "inherit" })).stdout).toBe("tty\n");
});

test("it is told when the terminal changes its size", async () => {
  await using fixture = processFixture();
  const ready = Promise.withResolvers<void>();
  const script = "trap 'stty size <&1; exit 0' WINCH; echo ready; while :; do sleep 0.02; done";
  const running = fixture.sh(script, { terminal, onOutput: () => ready.resolve() });
  await ready.promise;
  fixture.spawner.resize({ columns: 40, rows: 9 });
  expect((await running).stdout).toBe("ready\n9 40\n");
});

test("no pager waits for a key there", async () => {
  await using fixture = processFixture();
  const { stdout } = await fixture.sh("echo $PAGER $GIT_PAGER", { terminal, env: { ...fixture.env, PAGER: "less" } });
  expect(stdout).toBe("cat cat\n");
  expect((await fixture.sh("git --paginate --version", { terminal })).stdout).toMatch(/^git version/);
});

test("the name of the terminal is the one that k itself has", async () => {
  await using fixture = processFixture();
  expect((await fixture.sh("echo $TERM", { terminal })).stdout).toBe("xterm-256color\n");
  expect((await fixture.sh("echo $TERM", { terminal, env: { ...fixture.env, TERM: "dumb" } })).stdout).toBe("dumb\n");
});

test("line ends and carriage returns come as the program wrote them", async () => {
  await using fixture = processFixture();
  const { stdout } = await fixture.sh("printf '10%%\\r100%%\\nunix\\ndos\\r\\n'", { terminal });
  expect(stdout).toBe("10%\r100%\nunix\ndos\r\n");
});

test("arguments go through as they are", async () => {
  await using fixture = processFixture();
  const odd = ["", " ", "a b", "$HOME", "`x`", "'", '"', "\\", "-n", "*", "é\n"];
  const outcome = await fixture.spawner.run({
    argv: ["sh", "-c", 'for word in "$@"; do printf "<%s>" "$word"; done', "sh", ...odd],
    cwd: "/",
    env: fixture.env,
    terminal,
  });
  expect(outcome).toMatchObject({ stdout: odd.map((word) => `<${word}>`).join("") });
});
