import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Show the settings in force, or the JSON schema of konductor.toml",
  description:
    "`show` prints every setting, `--origin` with where it comes from; `schema` prints the schema that editors read; `validate` says what is wrong.",
  args: { action: { summary: "What to do (default: show)", choices: ["show", "schema", "validate"] } },
  flags: {
    origin: { type: "boolean", summary: "Where each value comes from: file and line, variable, or default" },
    json: { type: "boolean", summary: "As JSON" },
  },
  silent: true,
  run: async ({ use, params, flags, print }) => {
    if (params.action === "schema") {
      print(await use.about({ kind: "schema" }));
    }
    // A config that is wrong never gets here: it ends every command, with all its problems.
    else if (params.action === "validate") {
      print("the config is valid\n");
    } else {
      print(await use.about({ kind: "config", json: flags.json, origin: flags.origin }));
    }
  },
});
