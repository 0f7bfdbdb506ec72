import { ProblemError, show } from "../../core/problem.ts";
import { builderEnv, builderPatience, builderQuestion, builderState } from "../../nix/check-builder.ts";
import { findBuilders } from "../../nix/find-builders.ts";
import { flavourOf } from "../../nix/version.ts";
import { bad, defineCheck, good, idle } from "../check.ts";
import { askNix, nixSettings } from "../nix.ts";

export default defineCheck({
  name: "nix-builders",
  area: "nix",
  summary: "The remote builders of Nix and of konductor.toml answer",
  severity: "warning",
  slow: true,
  timeout: builderPatience + 2,
  async probe(world) {
    const nix = await askNix(world);
    const settings = await nixSettings(world);
    if (!nix.ok || !settings.ok) {
      return idle("there is no working nix");
    }
    const again = { command: "k nix:builders:check", text: "connects again" };
    try {
      const { builders } = findBuilders(world.nix.builders, settings.values.get("builders") ?? "");
      if (builders.length === 0) {
        return idle("there are none");
      }
      const found = await Promise.all(
        builders.map(async (builder) => {
          const question = builderQuestion(builder, flavourOf(nix.text), nix.version);
          const argv = [nix.path, "--extra-experimental-features", "nix-command", ...question] as const;
          const ran = await world.run([...argv], { timeout: builderPatience, env: builderEnv });
          return { builder, state: builderState(ran) };
        })
      );
      const away = found.flatMap(({ builder, state }) => (state.ok ? [] : [`${builder.uri}: ${state.why}`]));
      const uris = builders.map(({ uri }) => uri).join(", ");
      return away.length === 0 ? good(`${uris}: all answer`) : bad(away.join("; "), again);
    } catch (error) {
      if (error instanceof ProblemError) {
        return bad(error.problems.map((problem) => show(problem).message).join("; "), again);
      }
      throw error;
    }
  },
});
