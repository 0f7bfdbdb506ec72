import { existsSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import type { HookFolders } from "../hooks/load.ts";
import { findPlace, type Place } from "../hooks/place.ts";
import type { Io } from "./io.ts";
import { type Configured, openConfig } from "./open-project.ts";

/** The repository whose hooks are meant, with the project at its top: git knows one set of hooks per repository. */
export interface HookPlace {
  readonly place: Place;
  readonly configured: Configured;
  readonly folders: HookFolders;
}

/** Rejects with a `ProblemError`, for one where there is no working tree. */
export async function openHookPlace(
  cwd: string,
  home: string,
  io: Pick<Io, "env" | "err">,
  known?: Configured
): Promise<HookPlace> {
  const place = await findPlace(cwd, { env: io.env });
  const isSame = known !== undefined && known.project.root === place.top;
  const configured = isSame ? known : await openConfig({ cwd: place.top, home, env: io.env, err: io.err });
  return { place, configured, folders: { builtIn: join(home, "hooks"), own: await ownHooks(configured) } };
}

/** The folder of the project's own hook files, where its config names one and the user trusts it. */
async function ownHooks({ project, config, home }: Configured): Promise<string | undefined> {
  const { dir } = config.hooks;
  if (dir === undefined || project.root === home) {
    return undefined;
  }
  const path = join(project.root, dir);
  if (!existsSync(path)) {
    throw new ProblemError({
      kind: "file",
      path: dir,
      what: "the project's hooks cannot be read",
      why: "there is no such folder",
      hint: "mend hooks.dir in konductor.toml",
    });
  }
  const { provideModule } = await import("../host/virtual-module.ts");
  provideModule();
  return path;
}
