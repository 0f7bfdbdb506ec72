import { expect, test } from "bun:test";
import { join } from "node:path";
import { completionScript } from "../../lib/completion/script.ts";
import { home, type Sandbox, sandbox } from "../support/sandbox.ts";

const completeLine = join(import.meta.dir, "../support/complete-line.bash");

/** bash hands over the line already split at blanks and at these. */
function split(line: string, breaks: string): readonly string[] {
  const words: string[] = [];
  let word = "";
  let quote = "";
  let isBroken = false;
  const end = (): void => {
    if (word !== "") {
      words.push(word);
    }
    word = "";
    isBroken = false;
  };
  for (let index = 0; index < line.length; index += 1) {
    const letter = line[index] ?? "";
    if (letter === "\\" && quote !== "'") {
      index += 1;
      word += letter + (line[index] ?? "");
    } else if (quote !== "") {
      word += letter;
      quote = letter === quote ? "" : quote;
    } else if (letter === " ") {
      end();
    } else if (breaks.includes(letter) !== isBroken && word !== "") {
      end();
      word = letter;
      isBroken = breaks.includes(letter);
    } else {
      quote = `'"`.includes(letter) ? letter : "";
      word += letter;
      isBroken = breaks.includes(letter);
    }
  }
  end();
  return /(^|[^\\]) $/.test(line) ? [...words, ""] : words;
}

/** What bash would be given behind a line with the cursor at `|`. */
async function bash(box: Sandbox, typed: string, { breaks = ":=", type = "9" } = {}): Promise<readonly string[]> {
  const point = typed.indexOf("|");
  const line = typed.replace("|", "");
  const words = split(line, breaks);
  const current = split(line.slice(0, point), breaks).length - 1;
  const script = join(box.root, "../k.bash");
  await Bun.write(script, completionScript("bash", join(home, "k")));
  const ran = await box.run(
    ["bash", "--norc", completeLine, script, line, String(point), String(current), type, ...words],
    { env: { PATH: `${home}:${box.env["PATH"] ?? ""}`, COLUMNS: "60" } }
  );
  expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
  return ran.stdout.split("\n").slice(0, -1);
}

test.each([
  ["k hooks ins|", ["install"]],
  ["k hooks ins| --quiet", ["install"]],
  ["k hooks ins|xx", ["install"]],
  // bash puts in what follows the last of its word breaks.
  ["k lint:js:b|", ["biome"]],
  ["k lint:web:|", ["css", "html"]],
  ["k lint --tool=esl|", ["eslint"]],
  ["k lint --tool=|xx", undefined],
  ["k lint --format=ju|", ["junit"]],
  ["k lint --tool=ruff,esl|", ["ruff,eslint"]],
  ["k   lint    --to|", ["--tool"]],
  ["k 'lint' --to|", ["--tool"]],
  [String.raw`k li\nt --to|`, ["--tool"]],
  ["k -C / lint --to|", ["--tool"]],
  ["k lint `id` --to|", ["--tool"]],
  ["k nothing-such|", []],
  ["k lint --nonsense=|", []],
] as const)("bash is given what stands behind %s", async (typed, expected) => {
  await using box = await sandbox();
  const given = await bash(box, typed);
  if (expected === undefined) {
    expect(given).toContain("eslint");
  } else {
    expect(given).toEqual([...expected]);
  }
});

test("a bash that does not split words at colons is given whole ones", async () => {
  await using box = await sandbox();
  expect(await bash(box, "k lint:js:b|", { breaks: "" })).toEqual(["lint:js:biome"]);
  expect(await bash(box, "k lint --tool=esl|", { breaks: "" })).toEqual(["--tool=eslint"]);
});

test("bash is given descriptions only where it is going to list", async () => {
  await using box = await sandbox();
  expect(await bash(box, "k lint:web:|", { type: "63" })).toEqual([
    "css   (Finds mistakes in CSS and SCSS)",
    "html  (Finds mistakes in HTML)",
  ]);
  expect(await bash(box, "k lint:js:b|", { type: "63" })).toEqual(["biome"]);
});

test("files are bash's own, and a task where there is no such file", async () => {
  await using box = await sandbox({ "versions.txt": "", "docs/a.md": "" });
  expect(await bash(box, "k lint ver|")).toEqual(["versions.txt"]);
  expect(await bash(box, "k lint versio|")).toEqual(["versions.txt"]);
  expect(await bash(box, "k lint trus|")).toEqual(["trust"]);
  expect(await bash(box, "k -C do|")).toEqual(["docs"]);
  expect(await bash(box, "k lint > ver|")).toEqual(["versions.txt"]);
});

const fish = Bun.which("fish");

test.skipIf(fish === null)(
  `fish is given whole words with what they are${fish === null ? " (skipped: there is no fish)" : ""}`,
  async () => {
    await using box = await sandbox({ "docs/a.md": "" });
    const script = join(box.root, "../k.fish");
    await Bun.write(script, completionScript("fish", join(home, "k")));
    const given = async (line: string): Promise<readonly string[]> => {
      const ran = await box.run(["fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", script, line], {
        env: { PATH: `${home}:${box.env["PATH"] ?? ""}` },
      });
      expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
      return ran.stdout.split("\n").slice(0, -1);
    };
    expect(await given("k hooks ins")).toEqual(["install\tInstall the git hooks of this repository"]);
    expect(await given("k lint:web:h")).toEqual(["lint:web:html\tFinds mistakes in HTML"]);
    expect((await given("k lint --tool=ruff,esl")).map((row) => row.split("\t")[0] ?? "")).toEqual([
      "--tool=ruff,eslint",
    ]);
    expect(await given("k lint --format sar")).toEqual(["sarif"]);
    expect(await given("k lint do")).toEqual(["docs/"]);
    expect(await given("k -C docs lint ")).toEqual(["a.md"]);
    expect(await given("k trus")).toEqual(["trust\tLet this project's own tasks and hooks run here"]);
  }
);
