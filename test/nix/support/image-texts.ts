import { join } from "node:path";

/** As `image-texts.nix` makes them. */
export interface ImageTexts {
  readonly oci: Readonly<
    Record<
      | "passwd"
      | "shadow"
      | "group"
      | "gshadow"
      | "sudoers"
      | "nixConf"
      | "registry"
      | "nsswitch"
      | "osRelease"
      | "profile"
      | "bashrc",
      string
    >
  > & {
    /** File name below /etc/pam.d to text. */
    readonly pam: Readonly<Record<string, string>>;
    readonly labels: Readonly<Record<string, string>>;
    readonly variables: Readonly<Record<string, string>>;
    readonly skeleton: Readonly<Record<string, string>>;
  };
  readonly vm: Readonly<
    Record<
      | "sudoRules"
      | "login"
      | "workspaceMount"
      | "workspaceRetry"
      | "workspaceFolder"
      | "sshdConfig"
      | "sshdConfigWithPasswords"
      | "enterShell",
      string
    >
  > & { readonly cloudInit: Readonly<Record<string, unknown>> };
}

/** The texts, or why there are none here. `nix-bin` of Debian evaluates them, which `.ci/run` installs. */
export function imageTexts(): ImageTexts | string {
  if (Bun.which("nix-instantiate") === null) {
    return "there is no nix-instantiate";
  }
  const file = join(import.meta.dir, "image-texts.nix");
  const ran = Bun.spawnSync(["nix-instantiate", "--eval", "--strict", "--json", file]);
  if (ran.exitCode !== 0) {
    throw new Error(ran.stderr.toString());
  }
  return JSON.parse(ran.stdout.toString()) as ImageTexts;
}
