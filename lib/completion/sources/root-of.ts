import { findProject } from "../../host/project.ts";
import type { Places } from "../source.ts";

/** The project's root, absolute; where the user stands if there is no telling. */
export function rootOf({ cwd, env }: Pick<Places, "cwd" | "env">): string {
  const found = findProject(cwd, env["HOME"]);
  return found.ok ? found.project.root : cwd;
}
