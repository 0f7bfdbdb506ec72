import type { FlagSpecs, FlagValues } from "./flag.ts";
import type { TaskResult } from "./task.ts";

/** Ways to run the virtual machine on a cluster with KubeVirt. */
export const overlayNames = ["base", "advanced", "proxy"] as const;

export type OverlayName = (typeof overlayNames)[number];

export const manifestFlags = {
  overlay: {
    type: "text",
    value: "NAME",
    choices: overlayNames,
    summary: "Which way to run it (default: base)",
  },
  set: {
    type: "list",
    value: "KEY=VALUE",
    summary: "Another value than the default, such as image=NAME:TAG; docs/kubevirt.md has them all",
  },
  "ssh-key": {
    type: "text",
    value: "FILE",
    complete: "file",
    summary: "Public keys that are let in (default: those of ~/.ssh)",
  },
} as const satisfies FlagSpecs;

export type ManifestFlags = FlagValues<typeof manifestFlags>;

export const clusterFlags = {
  ...manifestFlags,
  context: {
    type: "text",
    value: "NAME",
    summary: "The context of kubectl; needed, since another cluster may be the current one",
  },
} as const satisfies FlagSpecs;

export type ClusterFlags = FlagValues<typeof clusterFlags>;

/** The virtual machine on a cluster. */
export interface DeployServices {
  /** All manifests of an overlay as one YAML text. */
  render(flags: ManifestFlags): Promise<string>;
  /** Checks what would be rendered, or these files, against the schemas of the cluster's kinds; without a cluster. */
  validate(flags: ManifestFlags, files: readonly string[]): Promise<TaskResult>;
  /** What the cluster would change; passes whether or not something would. */
  diff(flags: ClusterFlags): Promise<TaskResult>;
  apply(flags: ClusterFlags): Promise<TaskResult>;
}
