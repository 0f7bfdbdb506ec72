import { ProblemError } from "../core/problem.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";

/** Writes down that the user trusts this project, or no longer does. */
export async function setTrust(wanted: boolean, { project, home }: Opened, io: Io): Promise<string> {
  if (project.root === home) {
    return "this is k's own repository: its tasks always run\n";
  }
  const { trust, untrust } = await import("../host/trust.ts");
  const problems = await (wanted ? trust(project, io.env) : untrust(project, io.env));
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
  return wanted ? `trusted: ${project.root}\n` : `no longer trusted: ${project.root}\n`;
}
