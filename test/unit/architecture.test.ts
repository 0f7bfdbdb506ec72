import { expect, test } from "bun:test";
import { dirname, join, relative } from "node:path";
import { home } from "../support/sandbox.ts";

/** What each part of `k` may import of the others; `docs/ARCHITECTURE.md` says why. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "lib/core": [],
  "lib/tools": ["lib/core"],
  "lib/host": ["lib/core", "lib/tools", "lib/task.ts", "lib/hook.ts"],
  "lib/git": ["lib/core", "lib/host"],
  "lib/config": ["lib/core", "lib/host"],
  "lib/cache": ["lib/core", "lib/host"],
  "lib/lint": ["lib/core", "lib/host", "lib/git", "lib/config", "lib/tools", "lib/cache"],
  "lib/hooks": ["lib/core", "lib/tools", "lib/host", "lib/git", "lib/config", "lib/lint", "lib/run"],
  "lib/nix": ["lib/core", "lib/host"],
  "lib/vm": ["lib/core", "lib/host", "lib/nix"],
  "lib/image": ["lib/core", "lib/host", "lib/nix", "lib/vm"],
  "lib/docker": ["lib/core", "lib/host", "lib/nix"],
  "lib/deploy": ["lib/core", "lib/host", "lib/nix"],
  "lib/watch": ["lib/core", "lib/host", "lib/git"],
  "lib/build": ["lib/core", "lib/host"],
  "lib/setup": ["lib/core", "lib/host", "lib/nix"],
  "lib/scaffold": ["lib/core", "lib/host"],
  "lib/clean": ["lib/core", "lib/host", "lib/hooks", "lib/ledger"],
  "lib/run": ["lib/core", "lib/host"],
  "lib/render": ["lib/core"],
  "lib/page": [],
  "lib/health": ["lib/core", "lib/host", "lib/nix", "lib/setup"],
  "lib/ledger": ["lib/core", "lib/host"],
  "lib/report": ["lib/core", "lib/host", "lib/run", "lib/render", "lib/page"],
  "lib/completion": ["lib/core", "lib/host"],
  "lib/picker": [],
  "lib/graph": ["lib/core", "lib/page"],
  "lib/cli": [
    "lib/completion",
    "lib/picker",
    "lib/graph",
    "lib/setup",
    "lib/scaffold",
    "lib/clean",
    "lib/build",
    "lib/core",
    "lib/tools",
    "lib/host",
    "lib/git",
    "lib/config",
    "lib/lint",
    "lib/cache",
    "lib/hooks",
    "lib/run",
    "lib/render",
    "lib/watch",
    "lib/vm",
    "lib/nix",
    "lib/image",
    "lib/docker",
    "lib/deploy",
    "lib/page",
    "lib/health",
    "lib/ledger",
    "lib/report",
  ],
  "lib/task.ts": ["lib/core", "lib/tools"],
  "lib/hook.ts": ["lib/core", "lib/tools"],
  tasks: ["lib/task.ts"],
  hooks: ["lib/hook.ts"],
  "bin/k": ["lib/cli"],
};

/** Which parts may import a package, beside those of node and Bun that all of `lib/host` and what stands on it may. */
const packages: Readonly<Record<string, readonly string[]>> = {
  cac: ["lib/cli"],
  zx: ["lib/host", "lib/core"],
  listr2: ["lib/render"],
  picocolors: ["lib/render", "lib/cli"],
  "@clack/prompts": ["lib/cli"],
};

/** Written by `k`, read by it and by Nix. */
const nixData = ["nix/tools.json", "nix/facts.json"];

const transpiler = new Bun.Transpiler({ loader: "ts" });

async function sources(): Promise<readonly string[]> {
  const globs = ["lib/**/*.ts", "tasks/**/*.ts", "hooks/**/*.ts", "bin/k"];
  const found = await Promise.all(globs.map((glob) => Array.fromAsync(new Bun.Glob(glob).scan({ cwd: home }))));
  return found.flat().toSorted();
}

/** Without its `#!` line, which the scanner of imports does not take. */
async function textOf(path: string): Promise<string> {
  return (await Bun.file(join(home, path)).text()).replace(/^#!.*/, "");
}

/** Types are erased before Bun lists imports, and the table speaks of those too: so the text is read. */
async function importsOf(path: string): Promise<readonly string[]> {
  const text = await textOf(path);
  const named = [...text.matchAll(/^(?:import|export)\s[^;]*?from\s+"([^"]+)"/gms)].map((match) => match[1] ?? "");
  const loaded = transpiler.scanImports(text).map(({ path: target }) => target);
  return [...new Set([...named, ...loaded])];
}

function partOf(path: string): string {
  const parts = path.split("/");
  if (parts[0] !== "lib") {
    return parts[0] === "bin" ? path : (parts[0] ?? "");
  }
  return parts.slice(0, 2).join("/");
}

test("every part of k imports only what the architecture allows", async () => {
  const broken: string[] = [];
  for (const path of await sources()) {
    const part = partOf(path);
    const mayImport = allowed[part];
    if (mayImport === undefined) {
      broken.push(`${path}: the architecture has no part ${part}`);
      continue;
    }
    for (const target of await importsOf(path)) {
      if (target.startsWith(".")) {
        const to = relative(home, join(home, dirname(path), target));
        const toPart = partOf(to);
        if (toPart !== part && to !== "package.json" && !nixData.includes(to) && !mayImport.includes(toPart)) {
          broken.push(`${path} imports ${to}`);
        }
      } else {
        const name = target.startsWith("@") ? target.split("/").slice(0, 2).join("/") : (target.split("/")[0] ?? "");
        const only = packages[name];
        if (only !== undefined && !only.includes(part)) {
          broken.push(`${path} imports ${name}`);
        }
        if (part === "lib/core" && only === undefined) {
          broken.push(`${path} imports ${name}`);
        }
      }
    }
  }
  expect(broken).toEqual([]);
});

test("no file imports itself by a detour", async () => {
  const graph = new Map<string, readonly string[]>();
  for (const path of await sources()) {
    // Types alone make no circle at run time.
    const text = await textOf(path);
    const targets = transpiler
      .scanImports(text)
      .filter(({ kind, path: target }) => kind === "import-statement" && target.startsWith("."));
    graph.set(
      path,
      targets.map(({ path: target }) => relative(home, join(home, dirname(path), target)))
    );
  }
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    if (above.includes(path)) {
      circles.push([...above.slice(above.indexOf(path)), path].join(" → "));
    } else if (!done.has(path)) {
      for (const next of graph.get(path) ?? []) {
        visit(next, [...above, path]);
      }
      done.add(path);
    }
  };
  for (const path of graph.keys()) {
    visit(path, []);
  }
  expect(circles).toEqual([]);
});

test("only lib/cli and the programs of lib/host read the process's arguments, environment and streams", async () => {
  const programs = ["lib/host/tool-worker.ts"];
  const guilty: string[] = [];
  for (const path of await sources()) {
    if (path.startsWith("lib/cli/") || programs.includes(path) || path === "bin/k") {
      continue;
    }
    const text = (await Bun.file(join(home, path)).text()).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    for (const word of [
      "process.argv",
      "process.env",
      "process.stdout",
      "process.stdin",
      "process.stderr",
      "process.exit(",
    ]) {
      if (text.includes(word)) {
        guilty.push(`${path} reads ${word}`);
      }
    }
  }
  expect(guilty).toEqual([]);
});
