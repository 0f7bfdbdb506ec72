import type { Finding } from "../../core/finding.ts";
import type { LinkState } from "../../host/link.ts";
import { toFinding } from "./rule.ts";

/** `root` is absolute and without links. */
export function judgeLink(path: string, link: LinkState, root: string): Finding | undefined {
  const problem = faultOf(link, root);
  return problem === undefined
    ? undefined
    : toFinding("broken-symlink", path, { line: 1, column: 1, ...problem }, false);
}

function faultOf({ target, leads }: LinkState, root: string): Pick<Finding, "message" | "severity"> | undefined {
  switch (leads) {
    case "nowhere":
      return { message: `points to \`${target}\`, which is not there`, severity: "error" };
    case "in-circles":
      return { message: `points to \`${target}\`, which leads back to it`, severity: "error" };
    case "somewhere": {
      if (!target.startsWith("/")) {
        return undefined;
      }
      const where =
        target === root || target.startsWith(`${root}/`) ? "by its absolute path" : "outside of the project";
      return { message: `points to \`${target}\` ${where}, so it is broken on other machines`, severity: "warning" };
    }
  }
}
