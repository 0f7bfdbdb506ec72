import { expect } from "bun:test";
import { renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lint } from "../support/cached-project.ts";
import type { Sandbox } from "../support/sandbox.ts";

/** One way in which a project becomes another one. */
export interface Change {
  readonly what: string;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Before anything is kept. */
  readonly prepare?: (box: Sandbox) => Promise<void>;
  readonly change: (box: Sandbox) => Promise<void> | void;
  /** A part of a finding that must be there after the change, or gone. */
  readonly appears?: string;
  readonly disappears?: string;
  readonly tools?: readonly string[];
}

/** Same length, so that only times tell the two apart. */
const [quoted, unquoted] = ['#!/bin/sh\necho "$1"\n', "#!/bin/sh\necho  $1 \n"];

/** Has git write a file as it would now, some seconds before it writes its index: else it would look at the content too. */
async function checkOutAnew(box: Sandbox, path: string): Promise<void> {
  const file = join(box.root, path);
  rmSync(file);
  await box.git("checkout", "--quiet", path);
  const before = Date.now() / 1000 - 10;
  utimesSync(file, before, before);
  await box.git("update-index", "--refresh");
}

function rewrite(box: Sandbox, path: string, text: string, keepTimes: boolean): void {
  const file = join(box.root, path);
  const { atime, mtime } = statSync(file);
  writeFileSync(file, text);
  if (keepTimes) {
    utimesSync(file, atime, mtime);
  }
}

const strip = "sed s/hidden.*/hidden/";

/** What no kept answer may survive. */
export const changes: readonly Change[] = [
  {
    what: "an edit",
    change: (box) => rewrite(box, "a.sh", quoted, false),
    disappears: "a.sh",
  },
  {
    what: "an edit of the same length with the old time put back",
    files: { "a.sh": quoted },
    change: (box) => rewrite(box, "a.sh", unquoted, true),
    appears: "SC2086",
  },
  {
    what: "an edit dated long before the commit, as after the clock went back",
    files: { "a.sh": quoted },
    change(box) {
      rewrite(box, "a.sh", unquoted, false);
      utimesSync(join(box.root, "a.sh"), new Date("2001-01-01"), new Date("2001-01-01"));
    },
    appears: "SC2086",
  },
  {
    what: "a rename",
    change: (box) => renameSync(join(box.root, "a.sh"), join(box.root, "c.sh")),
    appears: '"path":"c.sh"',
    disappears: '"path":"a.sh"',
  },
  {
    what: "a file deleted to which another links",
    tools: ["lychee"],
    change: (box) => rmSync(join(box.root, "docs/other.md")),
    appears: "MD057",
  },
  {
    what: "a new file to which another links",
    tools: ["lychee"],
    files: { "docs/index.md": "# Index\n\n[new](new.md)\n" },
    change: (box) => box.write({ "docs/new.md": "# New\n" }),
    disappears: "MD057",
  },
  {
    what: "an ignored file that comes, to which another links",
    tools: ["lychee"],
    files: { "docs/index.md": "# Index\n\n[new](new.md)\n", ".gitignore": "new.md\n" },
    change: (box) => box.write({ "docs/new.md": "# New\n" }),
    disappears: "MD057",
  },
  {
    what: "a change in a file that another sources",
    change: (box) => rewrite(box, "lib.sh", "#!/bin/sh\nother=1\n", false),
    appears: "shared is referenced but not assigned",
  },
  {
    what: "a change in k's own settings",
    change: (box) => box.write({ "konductor.toml": '[checks]\nmax_file_size = "5B"\n' }),
    appears: "large-file",
  },
  {
    what: "a file that a setting leaves out",
    change: (box) => box.write({ "konductor.toml": '[lint]\nexclude = ["a.sh"]\n' }),
    disappears: '"path":"a.sh"',
  },
  {
    what: "more arguments for a tool",
    files: { "konductor.toml": "[tools.shellcheck]\nargs = []\n" },
    prepare: trust,
    change: (box) => box.write({ "konductor.toml": '[tools.shellcheck]\nargs = ["--exclude=SC2086"]\n' }),
    disappears: "SC2086",
  },
  {
    what: "a change in a tool's configuration",
    tools: ["ruff"],
    files: { "konductor.toml": '[tools.ruff]\nconfig = "ruff.toml"\n', "ruff.toml": 'lint.select = ["F"]\n' },
    prepare: trust,
    change: (box) => box.write({ "ruff.toml": 'lint.select = ["E"]\n' }),
    disappears: "F401",
  },
  {
    what: "another branch checked out",
    async prepare(box) {
      await box.git("checkout", "--quiet", "-b", "other");
      await box.write({ "a.sh": quoted });
      await box.git("commit", "--quiet", "--no-verify", "--all", "--message=other");
      await box.git("checkout", "--quiet", "main");
    },
    change: async (box) => void (await box.git("checkout", "--quiet", "other")),
    disappears: "SC2086",
  },
  {
    what: "an edit that git was told not to look for (assume-unchanged)",
    files: { "a.sh": quoted },
    prepare: async (box) => void (await box.git("update-index", "--assume-unchanged", "a.sh")),
    change: (box) => rewrite(box, "a.sh", unquoted, false),
    appears: "SC2086",
  },
  {
    what: "an edit that git was told not to look for (skip-worktree)",
    files: { "a.sh": quoted },
    prepare: async (box) => void (await box.git("update-index", "--skip-worktree", "a.sh")),
    change: (box) => rewrite(box, "a.sh", unquoted, true),
    appears: "SC2086",
  },
  {
    what: "an edit that a setting of git keeps it from seeing",
    files: { "a.sh": quoted },
    async prepare(box) {
      await box.git("config", "core.trustctime", "false");
      await box.git("config", "core.checkStat", "minimal");
    },
    change: (box) => rewrite(box, "a.sh", unquoted, true),
    appears: "SC2086",
  },
  {
    what: "an edit that a filter hides from git",
    files: { "a.sh": `${quoted}# hidden 1\n`, ".gitattributes": "*.sh filter=hide\n" },
    async prepare(box) {
      await box.git("config", "filter.hide.clean", strip);
      await box.git("add", "--renormalize", ".");
      await box.git("commit", "--quiet", "--no-verify", "--all", "--message=hide");
    },
    change: (box) => rewrite(box, "a.sh", `${quoted}# hidden \n`, false),
    appears: '"trailing-whitespace","severity":"error","path":"a.sh"',
  },
  {
    what: "line ends that git makes the same",
    files: { ".gitattributes": "* text=auto\n" },
    change: (box) => rewrite(box, "helper.py", '"""Helps."""\r\n"""More."""\n', false),
    appears: "mixed-line-ending",
  },
  {
    what: "line ends of a setting that is another now, which git takes for unchanged",
    async change(box) {
      await box.git("config", "core.autocrlf", "true");
      await checkOutAnew(box, "helper.py");
      await box.git("config", "core.autocrlf", "false");
    },
    appears: "lines end in CRLF",
  },
  {
    what: "line ends of a setting that is no more, which git takes for unchanged",
    async change(box) {
      await box.git("config", "core.autocrlf", "true");
      await checkOutAnew(box, "helper.py");
      await lint(box);
      await box.git("config", "--unset", "core.autocrlf");
    },
    appears: "lines end in CRLF",
  },
  {
    what: "line ends of an attribute that is no more, which git takes for unchanged",
    async prepare(box) {
      await lint(box);
      await box.write({ ".gitattributes": "*.py eol=crlf\n" });
      await checkOutAnew(box, "helper.py");
    },
    change: (box) => rmSync(join(box.root, ".gitattributes")),
    appears: "lines end in CRLF",
  },
  {
    what: "a smudged checkout",
    files: { "s.sh": quoted, ".gitattributes": "s.sh filter=smear\n" },
    async prepare(box) {
      await lint(box);
      await box.git("config", "filter.smear.smudge", "sed 's/\"//g'");
      await box.git("config", "filter.smear.clean", "cat");
    },
    async change(box) {
      rmSync(join(box.root, "s.sh"));
      await box.git("checkout", "--quiet", "s.sh");
    },
    appears: '"path":"s.sh"',
  },
  {
    what: "a link that leads nowhere now",
    files: { link: "→notes.txt", "out.txt": "x\n" },
    prepare: (box) =>
      box.write({ "inside/deep": "→../../outside" }).then(() => writeFileSync(join(box.root, "../outside"), "")),
    change: (box) => rmSync(join(box.root, "../outside")),
    appears: "broken-symlink",
  },
  {
    what: "a file that is no longer text",
    change: (box) => box.write({ "notes.txt": new Uint8Array([0, 1, 2, 0]) }),
    disappears: "trailing-whitespace",
  },
];

async function trust(box: Sandbox): Promise<void> {
  const ran = await box.k("trust");
  expect(ran.exitCode, ran.stderr).toBe(0);
}
