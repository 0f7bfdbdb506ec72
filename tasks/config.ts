import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Show the settings in force, or the JSON schema of konductor.toml",
  description:
    "`show` prints every setting, `--origin` with where it comes from; `schema` prints the schema that editors read; `validate` says what is wrong and where, also with a file that you name.",
  examples: ["k config show --origin", "k config validate", "k config validate other/konductor.toml"],
  args: {
    action: { summary: "What to do (default: show)", choices: ["show", "schema", "validate"] },
    file: { summary: "The file to validate (default: those of the project)", complete: "file" },
  },
  flags: {
    origin: { type: "boolean", summary: "Where each value comes from: file and line, variable, or default" },
    json: { type: "boolean", summary: "As JSON" },
  },
  silent: true,
  run: async ({ use, params: { action = "show", file }, flags, id, print }) => {
    if (file !== undefined && action !== "validate") {
      return { status: "failed", problems: [{ kind: "too-many-arguments", task: id, words: [file] }] };
    }
    switch (action) {
      case "schema":
        return print(await use.about({ kind: "schema" }));
      // Values that are wrong end every command, with all their problems: what gets here may still name a file that is not there.
      case "validate":
        return print(await use.validateConfig(file));
      default:
        return print(await use.about({ kind: "config", json: flags.json, origin: flags.origin }));
    }
  },
});
