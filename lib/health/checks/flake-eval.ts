import { bad, defineCheck, good, idle } from "../check.ts";
import { hasFile } from "../machine-files.ts";
import { askNix, nixSettings } from "../nix.ts";
import { firstLine } from "../program.ts";

const seconds = 60;

export default defineCheck({
  name: "flake-eval",
  area: "nix",
  summary: "The flake evaluates",
  severity: "warning",
  slow: true,
  timeout: seconds + 2,
  async probe(world) {
    if (!hasFile(world, "flake.nix")) {
      return idle("the project has no flake.nix");
    }
    const nix = await askNix(world);
    const settings = await nixSettings(world);
    if (!nix.ok || !settings.ok) {
      return idle("nix cannot evaluate flakes here");
    }
    const args = ["flake", "check", "--no-build", "--no-write-lock-file"];
    const again = { command: "k nix:check", text: "shows all of it, for all systems" };
    const ran = await world.run([nix.path, ...args], { timeout: seconds });
    if (ran.exitCode === 0) {
      return good("`nix flake check --no-build` passes");
    }
    const said = ran.stderr.split("\n").find((line) => /^\s*error: /.test(line)) ?? firstLine(ran.stderr);
    return bad(ran.timedOut ? `did not end within ${seconds} s` : said.trim(), again);
  },
});
