import { defineCheck, good, idle, weak } from "../check.ts";

export default defineCheck({
  name: "trust",
  area: "project",
  summary: "The project's own tasks and hooks may run",
  severity: "info",
  probe({ project }) {
    if (project.faults.length > 0) {
      return idle("the settings cannot be read");
    }
    return project.untrusted
      ? weak("the project brings code of its own, and you have not said that it may run", {
          command: "k trust",
          text: "once you have read it",
        })
      : good("nothing of the project is held back");
  },
});
