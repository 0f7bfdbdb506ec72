import { architectures } from "../core/docker.ts";
import type { Facts } from "../nix/facts.ts";
import { fillRegion } from "./region.ts";
import { type CacheVolume, homeVolumes, mountPoint, volumesFor } from "./volumes.ts";

/** What is known of Lix: its version, the installer's words, and what is fetched, by architecture. */
export interface LixFacts {
  readonly version: string;
  readonly words: readonly string[];
  readonly pins: Readonly<Partial<Record<string, readonly { readonly url: string; readonly sha256: string }[]>>>;
}

/** The user of the development container that owns the checkout; its number is that of the host's user. */
export function hostUser({ meta }: Facts): string {
  return meta.name;
}

/** The development container in compose.yaml. */
const devcontainerService = "devcontainer";

/** The tag of the development container's image. */
export const devcontainerTag = "devcontainer";

/** `.devcontainer/Dockerfile` with the facts in it. */
export function devcontainerDockerfile(text: string, facts: Facts, lix: LixFacts): string {
  const { users, meta } = facts;
  const table = Object.entries(users.users).map(
    ([name, { uid, gid, sudo }]) => `${name}:${uid}:${gid}:${sudo ? "yes" : "no"}`
  );
  const folders = homeVolumes(volumesFor(lix.version)).map(({ path }) => path);
  const args = [
    `USERS="${table.join(" ")}"`,
    `HOST_USER=${hostUser(facts)}`,
    `HOST_UID=${users.hostUid}`,
    `VOLUME_FOLDERS="${folders.join(" ")}"`,
    `WORKSPACE=${meta.workspace}`,
    `LIX_WORDS="${lix.words.join(" ")}"`,
  ];
  const withArgs = fillRegion(
    text,
    "facts",
    args.map((arg) => `ARG ${arg}`)
  );
  return fillRegion(
    withArgs,
    "lix",
    architectures.flatMap((architecture) => lixStage(architecture, lix))
  );
}

/** One that has nothing where no checksum is known: the build then stops with a message. */
function lixStage(architecture: string, { pins }: LixFacts): readonly string[] {
  const [installer, archive] = pins[architecture] ?? [];
  const stage = `FROM scratch AS lix-${architecture}`;
  return installer === undefined || archive === undefined
    ? [stage, "WORKDIR /none", ""]
    : [
        stage,
        `ARG LIX_INSTALLER=${installer.url}`,
        `ARG LIX_INSTALLER_SHA256=${installer.sha256}`,
        `ARG LIX_ARCHIVE=${archive.url}`,
        `ARG LIX_ARCHIVE_SHA256=${archive.sha256}`,
        checkedAdd("LIX_INSTALLER", "/installer/"),
        checkedAdd("LIX_ARCHIVE", "/archive/"),
        "",
      ];
}

function checkedAdd(arg: string, path: string): string {
  return `ADD --checksum=sha256:\${${arg}_SHA256} \${${arg}} ${path}`;
}

/** `.devcontainer/compose.yaml` with the facts in it. */
export function composeFile(text: string, facts: Facts, lix: LixFacts): string {
  const { users, meta } = facts;
  const volumes = volumesFor(lix.version);
  const home = `/home/${hostUser(facts)}`;
  const service = [
    `image: ${meta.image.name}:${devcontainerTag}`,
    "build:",
    "  context: .",
    "  target: devcontainer",
    "  args:",
    `    HOST_UID: \${HOST_UID:-${users.hostUid}}`,
    `hostname: ${meta.vm.hostname}`,
    `working_dir: ${meta.workspace}`,
    "volumes:",
    `  - ..:${meta.workspace}`,
    ...volumes.map((volume) => `  - ${volume.name}:${mountPoint(volume, home)}`),
  ];
  const filled = fillRegion(text, "facts", service);
  return fillRegion(filled, "volumes", ["volumes:", ...volumes.map(({ name }) => `  ${name}:`)]);
}

/** `.devcontainer/devcontainer.json`, for editors. */
export function devcontainerJson(facts: Facts): unknown {
  return {
    name: facts.meta.name,
    dockerComposeFile: "../compose.yaml",
    service: devcontainerService,
    workspaceFolder: facts.meta.workspace,
    remoteUser: hostUser(facts),
    updateRemoteUserUID: true,
    shutdownAction: "stopCompose",
    customizations: {
      vscode: {
        extensions: [
          "biomejs.biome",
          "github.vscode-github-actions",
          "jnoortheen.nix-ide",
          "mkhl.direnv",
          "redhat.vscode-yaml",
          "tamasfe.even-better-toml",
          "timonwong.shellcheck",
        ],
        settings: {
          "editor.formatOnSave": true,
          "files.insertFinalNewline": true,
          "files.trimTrailingWhitespace": true,
          "terminal.integrated.defaultProfile.linux": "bash",
          "terminal.integrated.profiles.linux": {
            bash: { path: "/bin/bash", args: ["-l"] },
            "nix develop": { path: "/bin/bash", args: ["-lc", "exec nix develop"] },
          },
        },
      },
    },
  };
}

/** The volumes as rows of the documentation. */
export function volumeRows(facts: Facts, volumes: readonly CacheVolume[]): readonly (readonly string[])[] {
  const home = `/home/${hostUser(facts)}`;
  return volumes.map((volume) => [`\`${volume.name}\``, `\`${mountPoint(volume, home)}\``, volume.holds]);
}
