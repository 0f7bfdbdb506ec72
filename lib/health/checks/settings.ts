import { show } from "../../core/problem.ts";
import { bad, defineCheck, good } from "../check.ts";

export default defineCheck({
  name: "settings",
  area: "project",
  summary: "konductor.toml and the project's tasks can be read",
  severity: "critical",
  probe({ project }) {
    const shown = project.faults.map(show);
    if (shown.length > 0) {
      const hints = [...new Set(shown.flatMap(({ hint }) => hint ?? []))];
      return bad(shown.map(({ message }) => message).join("; "), { text: hints.join("; ") || "mend it there" });
    }
    return good(
      project.kind === "config" ? `${project.root}/konductor.toml` : "the defaults: there is no konductor.toml"
    );
  },
});
