import { basename, dirname } from "node:path";
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

/** `Dockerfile` with the facts in it. */
export function dockerfile(text: string, facts: Facts): string {
  const { users, meta } = facts;
  const args = [`BASE_IMAGE=${meta.image.name}`, ...baseTagArgs(facts).map(([name, tag]) => `${name}=${tag}`)];
  const { uid, gid } = defaultUserOf(facts);
  const folders: readonly Folder[] = [
    ...Object.values(users.users).map((user) => ({ path: user.home, owner: `${user.uid}:${user.gid}`, mode: "0700" })),
    { path: meta.workspace, owner: `${uid}:${gid}`, mode: "2775" },
    { path: "/tmp", owner: "0:0", mode: "1777" },
  ];
  const parents = [...new Set(folders.map(({ path }) => dirname(path)))].filter((path) => path !== "/");
  const withArgs = fillRegion(
    text,
    "facts",
    args.map((arg) => `ARG ${arg}`)
  );
  const withFolders = fillRegion(
    withArgs,
    "folders",
    folders.map(({ path }) => `WORKDIR /of/${basename(path)}/${basename(path)}`)
  );
  const withHomes = fillRegion(withFolders, "homes", [
    ...parents.map((path) => `WORKDIR ${path}`),
    ...folders.map((folder) => copyOf(folder)),
    `WORKDIR ${meta.workspace}`,
    `USER ${uid}:${gid}`,
  ]);
  const { command, interval, timeout, retries } = meta.image.health;
  const times = `--interval=${interval} --timeout=${timeout} --retries=${retries}`;
  return fillRegion(withHomes, "health", [`HEALTHCHECK ${times} CMD ${JSON.stringify([command])}`]);
}

interface Folder {
  /** Absolute, in the image. */
  readonly path: string;
  readonly owner: string;
  readonly mode: string;
}

/** From a folder that has nothing but it: COPY gives owner and mode to what is in a folder, not to the folder. */
function copyOf({ path, owner, mode }: Folder): string {
  return `COPY --from=folders --chown=${owner} --chmod=${mode} /of/${basename(path)} ${dirname(path)}`;
}

/** The argument of a build that names the base of an architecture. */
export function baseTagArg(architecture: string): string {
  return `BASE_TAG_${architecture.toUpperCase()}`;
}

function baseTagArgs({ meta }: Facts): readonly (readonly [string, string])[] {
  return architectures.map((architecture) => [baseTagArg(architecture), meta.image.baseTag[architecture]]);
}

function defaultUserOf({ users }: Facts) {
  const user = users.users[users.defaultUser];
  if (user === undefined) {
    throw new Error(`the facts have no user ${users.defaultUser}`);
  }
  return user;
}

/** `bake.hcl` with the facts in it. */
export function bakeFile(text: string, facts: Facts): string {
  const { meta } = facts;
  const variables: readonly (readonly [string, string])[] = [
    ["IMAGE_TITLE", meta.name],
    ["IMAGE_VENDOR", meta.image.vendor],
    ["IMAGE_SOURCE", meta.homepage],
    ["IMAGE_LICENSE", meta.license],
    ["IMAGE", meta.image.name],
    ["BASE_IMAGE", meta.image.name],
    ...baseTagArgs(facts),
  ];
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ["ARCHITECTURES", architectures],
    ["PLATFORMS", architectures.map((architecture) => `linux/${architecture}`)],
  ];
  return fillRegion(text, "facts", [
    ...variables.flatMap(([name, value]) => variable(name, JSON.stringify(value))),
    ...lists.flatMap(([name, values]) => variable(name, `[${values.map((one) => JSON.stringify(one)).join(", ")}]`)),
  ]);
}

function variable(name: string, value: string): readonly string[] {
  return [`variable "${name}" {`, `  default = ${value}`, "}"];
}

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
