import { expect, test } from "bun:test";
import { existsSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cachedProject, lint } from "../support/cached-project.ts";
import { Dice } from "../support/dice.ts";
import type { Sandbox } from "../support/sandbox.ts";

const paths = [
  "a.sh",
  "b.sh",
  "lib.sh",
  "sub/c.sh",
  "app.py",
  "docs/index.md",
  "docs/other.md",
  "docs/new.md",
  "n.txt",
];

const texts = [
  "#!/bin/sh\necho $1\n",
  '#!/bin/sh\necho "$1"\n',
  '#!/bin/sh\n. ./lib.sh\necho "$shared"\n',
  "#!/bin/sh\nshared=1\n",
  "import os\n",
  "[new](new.md) and [other](other.md)\n",
  "blank \n",
  "two\r\nkinds\n",
  "",
];

type Roll = Dice;

const steps: readonly ((box: Sandbox, roll: Roll) => Promise<void> | void)[] = [
  (box, roll) => box.write({ [roll.pick(paths)]: roll.pick(texts) }),
  (box, roll) => box.write({ [roll.pick(paths)]: roll.pick(texts) }),
  function keepTimes(box, roll) {
    const file = join(box.root, roll.pick(paths));
    if (existsSync(file)) {
      const { atime, mtime } = statSync(file);
      writeFileSync(file, roll.pick(texts));
      utimesSync(file, atime, mtime);
    }
  },
  (box, roll) => rmSync(join(box.root, roll.pick(paths)), { force: true }),
  function rename(box, roll) {
    const [from, to] = [
      join(box.root, roll.pick(paths)),
      join(box.root, `docs/${roll.pick(["x.md", "y.sh", "z.py"])}`),
    ];
    if (existsSync(from)) {
      renameSync(from, to);
    }
  },
  async (box) => void (await box.run(["git", "add", "--all"])),
  async (box) => void (await box.run(["git", "commit", "--quiet", "--no-verify", "--all", "--message=x"])),
  async (box) => void (await box.run(["git", "checkout", "--quiet", "--force", "-B", "other", "HEAD~1"])),
  async (box) => void (await box.run(["git", "checkout", "--quiet", "--force", "main"])),
  async (box) => void (await box.run(["git", "stash"])),
  async (box, roll) => void (await box.run(["git", "update-index", "--assume-unchanged", roll.pick(paths)])),
  async (box, roll) => void (await box.run(["git", "update-index", "--no-assume-unchanged", roll.pick(paths)])),
  (box, roll) =>
    box.write({ ".gitattributes": roll.pick(["", "* text=auto\n", "*.sh linguist-generated\n", "*.txt -text\n"]) }),
  (box, roll) => box.write({ ".gitignore": roll.pick(["", "docs/new.md\n", "*.txt\n"]) }),
  (box, roll) =>
    box.write({
      "konductor.toml": roll.pick(["", '[lint]\nexclude = ["sub"]\n', '[checks]\nmax_file_size = "20B"\n']),
    }),
  async (box, roll) => void (await box.run(["git", "config", "core.autocrlf", roll.pick(["true", "false", "input"])])),
];

test("whatever is done to a project, a run that uses the cache says what one without it says", async () => {
  const seed = Number(process.env["K_SEED"] ?? Date.now() % 100_000);
  const roll = new Dice(seed);
  const rounds = Number(process.env["K_ROUNDS"] ?? 12);
  const tools = ["shellcheck", "lychee", "k"];
  await using box = await cachedProject({ "sub/c.sh": "#!/bin/sh\necho\n" });
  for (let round = 0; round < rounds; round += 1) {
    const trail: string[] = [];
    for (let count = roll.roll(3) + 1; count > 0; count -= 1) {
      const at = roll.roll(steps.length);
      trail.push(String(at));
      await steps[at]?.(box, roll);
    }
    const [kept, plain] = [await lint(box, [], tools), await lint(box, ["--no-cache"], tools)];
    expect({ seed, round, trail, findings: kept.findings }).toEqual({ seed, round, trail, findings: plain.findings });
    expect(kept.exitCode).toBe(plain.exitCode);
  }
}, 120_000);
