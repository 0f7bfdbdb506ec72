import { expect, test } from "bun:test";
import { tempFolder } from "../../support/temp-folder.ts";
import { hasTmux, openPane } from "../../support/tmux.ts";

test.skipIf(!hasTmux)(
  "what a program prints before its end is on the screen, however late tmux reads it (needs tmux)",
  async () => {
    using folder = tempFolder();
    const [go, done] = [folder.at("go"), folder.at("done")];
    expect(Bun.spawnSync(["mkfifo", go, done]).exitCode).toBe(0);
    // More than a terminal hands over at once. The other end of the second pipe is let go of with the program's own end.
    const script = 'exec 3> "$1"; read -r _ < "$0"; printf "%7000s\\n" "" | tr " " y; echo END';
    await using pane = await openPane({ columns: 80, lines: 100, command: ["bash", "-c", script, go, done] });
    const ended = Bun.spawn(["cat", done], { stdout: "ignore" });
    const server = Number(await pane.fact("pid"));
    process.kill(server, "SIGSTOP");
    try {
      // Not by Bun: where nobody reads yet, its write never ends.
      await Bun.spawn(["sh", "-c", 'echo > "$0"', go]).exited;
      await ended.exited;
    } finally {
      process.kill(server, "SIGCONT");
    }
    expect(await pane.until((screen) => screen.includes("END"), "its last word")).toContain("yyyy\nEND");
  }
);
