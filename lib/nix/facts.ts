import facts from "../../nix/facts.json" with { type: "json" };

/** A user of the container image and of the virtual machine. */
export interface UserFact {
  readonly uid: number;
  readonly gid: number;
  readonly description: string;
  /** Absolute, in the guest. */
  readonly home: string;
  /** Beside the group of the user's own name. */
  readonly groups: readonly string[];
  /** Whether sudo asks for nothing. */
  readonly sudo: boolean;
}

/** An alias of interactive shells, set where its program is there. */
export interface AliasFact {
  readonly name: string;
  readonly command: string;
  readonly program: string;
}

/** A development shell of the flake. */
export interface ShellFact {
  readonly name: string;
  readonly summary: string;
  /** Of `nix/shells/layers.nix`, the innermost first. */
  readonly layers: readonly string[];
}

export type Architecture = "amd64" | "arm64";

/**
 * What `nix/lib/*.nix` says: versions, users, names. `nix/facts.json` is made from it by `k nix:facts`, and a test holds the
 * two equal, so that `k` knows it where there is no Nix.
 */
export interface Facts {
  readonly versions: {
    readonly nixos: { readonly release: string; readonly stateVersion: string; readonly branch: string };
    readonly python: { readonly attr: string; readonly display: string };
    readonly go: { readonly attr: string; readonly display: string };
    readonly node: { readonly attr: string; readonly display: string };
    readonly rust: { readonly version: string; readonly display: string };
    readonly nix: { readonly minimum: string };
    readonly lix: { readonly version: string };
  };
  readonly users: {
    readonly hostUid: number;
    readonly shell: string;
    readonly defaultUser: string;
    readonly users: Readonly<Record<string, UserFact>>;
    /** Group name to gid. */
    readonly groups: Readonly<Record<string, number>>;
    readonly systemGroups: Readonly<Record<string, number>>;
  };
  readonly env: {
    /** Variables that name a program, set only where that program is. */
    readonly programs: readonly { readonly name: string; readonly value: string; readonly program: string }[];
  };
  readonly aliases: readonly AliasFact[];
  readonly shells: readonly ShellFact[];
  readonly meta: {
    readonly name: string;
    readonly description: string;
    readonly license: string;
    readonly homepage: string;
    readonly flake: { readonly id: string; readonly owner: string; readonly repo: string; readonly ref: string };
    readonly cachix: string;
    readonly image: {
      readonly registry: string;
      readonly repository: string;
      /** Registry and repository, without a tag. */
      readonly name: string;
      readonly baseTag: Readonly<Record<Architecture, string>>;
      readonly vendor: string;
      /** A program of the image, and how often an engine should run it. */
      readonly health: {
        readonly command: string;
        readonly interval: string;
        readonly timeout: string;
        readonly retries: number;
      };
    };
    /** Absolute, in container and guest. */
    readonly workspace: string;
    readonly vm: {
      readonly hostname: string;
      readonly sshPort: number;
      readonly shareTag: string;
      /** Of mount(8). */
      readonly shareOptions: string;
      readonly diskSize: string;
      /** Where sshd of the guest reads settings that are to be gone with the boot. */
      readonly sshdRunFolder: string;
    };
    readonly kubevirt: {
      readonly namespace: string;
      readonly diskFolder: string;
      readonly diskFile: string;
      readonly qemuUid: number;
      readonly tag: string;
    };
  };
}

/** The facts of this version of `k`. */
export const konductorFacts: Facts = facts;
