import { defineTask } from "../../../lib/task.ts";

export default defineTask({
  summary: "Add a remote builder to the file that Nix reads",
  description:
    "That is /etc/nix/machines, unless nix.conf names another. A backup stays beside it, and the diff is shown. For one " +
    "project alone, put the line into nix.builders of konductor.toml.",
  aliases: ["nba"],
  args: { uri: { summary: "Its address, such as `ssh-ng://build@example.com`", required: true } },
  flags: {
    system: {
      type: "list",
      value: "SYSTEM",
      summary: "What it builds for, such as `aarch64-linux`; this system where not given",
    },
    key: { type: "text", value: "FILE", summary: "The private key that ssh takes, absolute", complete: "file" },
    "builds-at-once": { type: "number", value: "N", min: 1, max: 1024, summary: "How many builds it takes at once; 1" },
    speed: { type: "number", value: "N", min: 1, max: 1000, summary: "How fast it is beside the others; 1" },
    feature: { type: "list", value: "NAME", summary: "What it has, such as `kvm` or `big-parallel`" },
    mandatory: { type: "list", value: "NAME", summary: "What a build must ask for to be sent there" },
    "host-key": {
      type: "text",
      value: "BASE64",
      summary: "Its public host key, as `base64 -w0 ssh_host_ed25519_key.pub` has it",
    },
  },
  examples: [
    "k nix:builders:add ssh-ng://build@arm.example.com --system aarch64-linux --builds-at-once 4 --feature big-parallel",
  ],
  silent: true,
  interactive: true,
  previews: true,
  requires: ["nix"],
  locks: [{ name: "setup", mode: "exclusive", machine: true }],
  run: ({ use, params, flags }) =>
    use.nix.addBuilder({
      uri: params.uri,
      systems: flags.system,
      key: flags.key,
      jobs: flags["builds-at-once"],
      speed: flags.speed,
      features: flags.feature,
      mandatory: flags.mandatory,
      hostKey: flags["host-key"],
    }),
});
