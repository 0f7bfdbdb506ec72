import { type SetupStep, setupSteps } from "../core/setup.ts";
import type { Step } from "./step.ts";
import { binary } from "./steps/binary.ts";
import { command } from "./steps/command.ts";
import { completions } from "./steps/completions.ts";
import { direnv } from "./steps/direnv.ts";
import { emulation } from "./steps/emulation.ts";
import { envrc } from "./steps/envrc.ts";
import { flakes } from "./steps/flakes.ts";
import { gitSettings } from "./steps/git-settings.ts";
import { hooks } from "./steps/hooks.ts";
import { identity } from "./steps/identity.ts";
import { kvm } from "./steps/kvm.ts";
import { nix } from "./steps/nix.ts";
import { registry } from "./steps/registry.ts";

const byName: Readonly<Record<SetupStep, Step>> = {
  identity,
  "git-settings": gitSettings,
  hooks,
  command,
  completions,
  nix,
  flakes,
  registry,
  direnv,
  envrc,
  kvm,
  emulation,
  binary,
};

/** In the order in which they are walked through. */
export const steps: readonly Step[] = setupSteps.map((name) => byName[name]);
