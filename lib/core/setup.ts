import type { FlagSpecs } from "./flag.ts";

/** In the order in which they are walked through: what others rest on comes first. */
export const setupSteps = [
  "identity",
  "git-settings",
  "hooks",
  "command",
  "completions",
  "nix",
  "flakes",
  "registry",
  "direnv",
  "envrc",
  "kvm",
  "emulation",
  "binary",
] as const;

export type SetupStep = (typeof setupSteps)[number];

/** What every setup task takes. */
export const setupFlags = {
  list: { type: "boolean", summary: "Only say what is done and what would change, and change nothing" },
  json: { type: "boolean", summary: "The same as JSON" },
} as const satisfies FlagSpecs;

export const gitSetupFlags = {
  global: { type: "boolean", summary: "Git settings go to your own git config, for all repositories" },
  name: { type: "text", value: "NAME", summary: "Your name, as commits show it" },
  email: { type: "text", value: "ADDRESS", summary: "Your mail address, as commits show it" },
} as const satisfies FlagSpecs;

export const nixSetupFlags = {
  system: { type: "boolean", summary: "Flakes are turned on in /etc/nix/nix.conf, for all users" },
} as const satisfies FlagSpecs;

/** The walk through all steps, or through some of them. */
export interface SetupCall {
  /** Names of steps; all where empty. */
  readonly steps: readonly SetupStep[];
  readonly list?: boolean;
  readonly json?: boolean;
  /** Also what all users of the machine share: with `--yes` it is left out otherwise. */
  readonly machine?: boolean;
  readonly global?: boolean;
  readonly system?: boolean;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** Only a look at how things stand. */
export interface VerifyCall {
  /** Only this repository. */
  readonly quick: boolean;
  /** What is left, and what to do next, in place of all. */
  readonly summary: boolean;
}
