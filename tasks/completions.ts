import { defineTask } from "../lib/task.ts";

const shells = ["bash", "zsh", "fish"] as const;

export default defineTask({
  summary: "Complete `k` in bash, zsh and fish: print a shell's script, or install it",
  description:
    "`install` puts the scripts where the shells load them by themselves, and changes no startup file: for the shells that are " +
    "named, or for all that this machine has. `uninstall` takes them away.",
  aliases: ["completion"],
  args: {
    action: {
      summary: "A shell, for its script; or what to do",
      required: true,
      choices: [...shells, "install", "uninstall"],
    },
    shells: { summary: "For which shells", variadic: true, choices: shells },
  },
  examples: ["k completions install", "k completions install zsh", 'eval "$(k completions bash)"'],
  silent: true,
  run: async ({ use, params, print }) => {
    const shell = shells.find((name) => name === params.action);
    if (shell !== undefined) {
      print(await use.completions.script(shell));
      return undefined;
    }
    return use.completions.change(
      params.action === "install" ? "install" : "uninstall",
      params.shells as (typeof shells)[number][]
    );
  },
});
