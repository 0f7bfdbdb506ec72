import { cpSync, existsSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bunScript } from "../host/bun.ts";

/**
 * One place in a page that shows what a command prints: `<!-- k: lint src -->`, a block, `<!-- /k -->`. `sample` behind the
 * colon (`<!-- k sample: tools -->`) says that it differs from machine to machine: it is written once, and not compared.
 */
const place = /<!-- k( sample)?: ([^\n]*) -->\n[\s\S]*?<!-- \/k -->/g;

export function hasOutputs(page: string): boolean {
  return page.search(place) >= 0;
}

/** The page with what its commands print now; where only times differ from what stands there, that stays. */
export async function fillOutputs(page: string, run: (command: string) => Promise<string>): Promise<string> {
  let filled = page;
  // One after the other: a later command may be about what an earlier one did.
  for (const [section, sample, command] of page.matchAll(place)) {
    if (command === undefined || (sample !== undefined && section.includes("$ k "))) {
      continue;
    }
    const output = Bun.stripANSI(await run(command))
      .replaceAll(/[ \t]+$/gm, "")
      .trimEnd();
    const fresh = `<!-- k${sample ?? ""}: ${command} -->\n\n\`\`\`text\n$ k ${command}\n${output}\n\`\`\`\n\n<!-- /k -->`;
    if (masked(fresh) !== masked(section)) {
      filled = filled.replace(section, () => fresh);
    }
  }
  return filled;
}

/** Without what differs from run to run: times, and which of several tasks ended first. */
function masked(text: string): string {
  const lines = text
    .replaceAll(/\b\d+(\.\d+)? (ms|s|min)\b/g, "TIME")
    .replaceAll(/ {2,}/g, "  ")
    .split("\n");
  return lines.toSorted().join("\n");
}

/** A copy of the example project, as a repository whose tasks are trusted, in which commands run as on a machine of its own. */
export class ExampleProject implements AsyncDisposable {
  readonly #home: string;
  readonly #folder: string;
  readonly #env: Readonly<Record<string, string | undefined>>;

  private constructor(home: string, folder: string, env: Readonly<Record<string, string | undefined>>) {
    this.#home = home;
    this.#folder = folder;
    this.#env = {
      // Whoever runs `k` has a Bun, on PATH or not: what a page says must not depend on that.
      PATH: `${dirname(process.execPath)}:${env["PATH"] ?? ""}`,
      HOME: join(folder, "home"),
      TMPDIR: env["TMPDIR"],
      LANG: "C.UTF-8",
      COLUMNS: "90",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      ...Object.fromEntries(
        ["AUTHOR", "COMMITTER"].flatMap((who) => [
          [`GIT_${who}_NAME`, "Ada"],
          [`GIT_${who}_EMAIL`, "ada@example.com"],
          [`GIT_${who}_DATE`, "2026-01-02T03:04:05Z"],
        ])
      ),
    };
  }

  /** `home` is that of `k`. */
  static async make(home: string, env: Readonly<Record<string, string | undefined>>): Promise<ExampleProject> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "k-docs-")));
    const example = new ExampleProject(home, folder, env);
    cpSync(join(home, "docs/example"), example.#root, { recursive: true });
    await mkdir(join(folder, "home"));
    await example.#run(["git", "init", "--quiet", "--initial-branch=main"]);
    await example.#run(["git", "add", "--all"]);
    await example.#run(["git", "commit", "--quiet", "--message=feat: open the shop"]);
    await example.k("trust");
    return example;
  }

  get #root(): string {
    return join(this.#folder, "shop");
  }

  /** What a command line prints, both streams, with the folder's name left out. A `;` parts shell lines before it from `k`'s words. */
  async k(command: string): Promise<string> {
    const { argv, env } = bunScript(join(this.#home, "bin/k"));
    const printed = await this.#run(["sh", "-c", `"$@" ${command} 2>&1`, "k", ...argv], env);
    return printed
      .replaceAll(this.#root, "/home/ada/shop")
      .replaceAll(join(this.#folder, "home"), "/home/ada")
      .replaceAll(this.#folder, "")
      .replaceAll(this.#home, "~/konductor");
  }

  async #run(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
    const cwd = existsSync(this.#root) ? this.#root : this.#folder;
    const child = Bun.spawn([...argv], {
      cwd,
      env: { ...this.#env, ...env },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "inherit",
    });
    return child.stdout.text();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
