import type { AnyTask, Task } from "../core/task.ts";
import { builtDeclarations } from "./built/declarations.ts";
import { builtModules } from "./built/modules.ts";
import { type Declared, declarationOf } from "./declaration.ts";
import { baseOf } from "./declaration-base.ts";
import { DeclarationCache } from "./declaration-cache.ts";

/** What is known of the task files of a folder without loading them. */
export interface KnownDeclarations {
  /** The task files themselves, where they need not be looked for. */
  readonly files?: readonly string[];
  /** By path below the folder. */
  get(path: string): Declared | undefined;
  /** To be called before a file is loaded; what it returns takes what came of it. */
  prepare(path: string): (definition: AnyTask) => void;
  save(): void;
}

/** Where tasks are in the table of what is compiled in. */
const below = "tasks/";

const nothing: KnownDeclarations = { get: () => undefined, prepare: () => () => {}, save: () => {} };

interface Folder {
  readonly path: string;
  readonly origin: Task["origin"];
}

/** `cacheFolder` is absolute; where there is none, only a binary knows anything beforehand. */
export function declarationsOf({ path, origin }: Folder, cacheFolder: string | undefined): KnownDeclarations {
  if (origin === "built-in" && builtDeclarations !== undefined && builtModules !== undefined) {
    const declarations = builtDeclarations;
    const files = Object.keys(builtModules).flatMap((name) => (name.startsWith(below) ? name.slice(below.length) : []));
    return { ...nothing, files, get: (file) => declarations[file] };
  }
  if (cacheFolder === undefined) {
    return nothing;
  }
  const cache = new DeclarationCache<Declared>(cacheFolder, "tasks", path, baseOf());
  return {
    get: (file) => cache.get(file),
    prepare(file) {
      // A test holds that a task of `k` itself rests on nothing but what `baseOf` looks at.
      const stat = origin === "built-in" ? cache.statOf(file) : cache.plainStatOf(file);
      return (definition) => {
        const declared = stat === undefined ? undefined : declarationOf(definition);
        if (stat !== undefined && declared !== undefined && (origin === "built-in" || !declared.asksForLocks)) {
          cache.put(file, stat, declared);
        }
      };
    },
    save: () => cache.save(),
  };
}
