import { defineCheck, good, idle, weak } from "../check.ts";

export default defineCheck({
  name: "terminal",
  area: "shell",
  summary: "The terminal can move its cursor and is wide enough",
  severity: "info",
  probe({ terminal, env }) {
    const term = env["TERM"] ?? "";
    if (!terminal.live && term !== "dumb") {
      return idle("the output is no terminal");
    }
    if (term === "dumb" || term === "") {
      return weak(`TERM is ${term === "" ? "not set" : "`dumb`"}: no colours, no rows that move`, {
        command: "export TERM=xterm-256color",
      });
    }
    const shown = `${term}, ${terminal.columns} columns${env["NO_COLOR"] ? ", no colours wanted" : ""}`;
    return terminal.columns < 40
      ? weak(`${shown}: lines will be cut`, { text: "40 columns and more read well" })
      : good(shown);
  },
});
