import { join } from "node:path";
import { stateFolders } from "../host/folders.ts";
import type { HookSettings } from "../hooks/configure.ts";
import type { HookFolders } from "../hooks/hook-files.ts";
import { findPlace, type Place } from "../hooks/place.ts";
import type { Io } from "./io.ts";
import { type Configured, openConfig } from "./open-project.ts";
import { ownFolder } from "./own-folder.ts";

/** The repository whose hooks are meant, with the project at its top: git knows one set of hooks per repository. */
export interface HookPlace {
  readonly place: Place;
  readonly configured: Configured;
  readonly folders: HookFolders;
  readonly settings: HookSettings;
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
  const { config, origins } = configured;
  return {
    place,
    configured,
    folders: {
      builtIn: join(home, "hooks"),
      own: await ownFolder("hooks", configured),
      cache: stateFolders(io.env).cache,
    },
    settings: { hooks: config.hooks, jobs: config.jobs, originOf: origins.of },
  };
}
