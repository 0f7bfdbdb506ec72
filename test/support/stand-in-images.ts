import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Architecture } from "../../lib/core/docker.ts";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { must, type TestEngine } from "./docker-engine.ts";

const applets = ["cat", "chmod", "echo", "env", "id", "ls", "mkdir", "sh", "sleep", "stat", "touch", "true", "wc"];

/** In place of the base that Nix builds: its users, a shell, and a `nix` that only says a version. */
export async function baseArchive(
  folder: string,
  architecture: Architecture,
  names: readonly string[],
  engine: TestEngine
): Promise<string> {
  const root = join(folder, `base-${architecture}`);
  put(root, "bin/busybox", readFileSync(join(engine.bin, "busybox")), 0o755);
  for (const applet of applets) {
    symlinkSync("busybox", join(root, "bin", applet));
  }
  put(root, "bin/bash", '#!/bin/sh\nexec /bin/sh "$@"\n', 0o755);
  put(root, "bin/nix", "#!/bin/sh\necho 'nix (stand-in) 2.0'\n", 0o755);
  put(root, `bin/${konductorFacts.meta.image.health.command}`, "#!/bin/sh\nnix --version\n", 0o755);
  putUsers(root);
  return archive(folder, root, architecture, names);
}

function putUsers(root: string): void {
  const { users, groups } = konductorFacts.users;
  const rows = Object.entries(users).map(([name, { uid, gid, home }]) => `${name}:x:${uid}:${gid}::${home}:/bin/sh`);
  put(root, "etc/passwd", ["root:x:0:0::/root:/bin/sh", ...rows, ""].join("\n"));
  put(
    root,
    "etc/group",
    ["root:x:0:", ...Object.entries(groups).map(([name, gid]) => `${name}:x:${gid}:`), ""].join("\n")
  );
}

/** In place of Debian's image: a shell, coreutils and the programs that make users, from this machine; an `apt-get` that does nothing. */
export async function debianArchive(folder: string, names: readonly string[]): Promise<string> {
  const root = join(folder, "debian");
  const programs = [
    "bash",
    "cat",
    "chmod",
    "cp",
    "echo",
    "groupadd",
    "id",
    "install",
    "ls",
    "mkdir",
    "rm",
    "sh",
    "sleep",
    "stat",
    "test",
    "touch",
    "useradd",
  ];
  for (const program of programs) {
    await putProgram(root, program);
  }
  put(root, "usr/bin/apt-get", '#!/bin/sh\necho "apt-get $*" >> /apt.log\n', 0o755);
  put(root, "etc/passwd", "root:x:0:0:root:/root:/bin/bash\n");
  put(root, "etc/group", "root:x:0:\n");
  put(root, "etc/shadow", "root:*:20000:0:99999:7:::\n");
  put(root, "etc/gshadow", "root:*::\n");
  copyFileSync("/etc/login.defs", join(root, "etc/login.defs"));
  copyFileSync("/etc/profile", join(root, "etc/profile"));
  for (const path of ["etc/sudoers.d", "tmp", "root", "home", "var/lib/apt/lists", "etc/nix"]) {
    mkdirSync(join(root, path), { recursive: true });
  }
  return archive(folder, root, process.arch === "arm64" ? "arm64" : "amd64", names);
}

async function putProgram(root: string, name: string): Promise<void> {
  const path = Bun.which(name, { PATH: "/usr/sbin:/usr/bin:/sbin:/bin" });
  if (path === null) {
    throw new Error(`there is no ${name}`);
  }
  put(root, `usr/bin/${name}`, readFileSync(realpathSync(path)), 0o755);
  const libraries = (await must(["ldd", path])).matchAll(/(\/\S+)/g);
  for (const [, library = ""] of libraries) {
    put(root, library, readFileSync(realpathSync(library)), 0o755);
  }
  mkdirSync(join(root, "bin"), { recursive: true });
  if (name === "sh" || name === "bash") {
    cpSync(join(root, `usr/bin/${name}`), join(root, `bin/${name}`));
  }
}

function put(root: string, path: string, content: string | Uint8Array, mode = 0o644): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  chmodSync(file, mode);
}

/** An image as `docker save` writes it, all of it owned by root. */
async function archive(
  folder: string,
  root: string,
  architecture: Architecture,
  names: readonly string[]
): Promise<string> {
  const work = join(folder, `archive-${architecture}-${names.length}-${names[0]?.replaceAll(/\W/g, "-")}`);
  mkdirSync(work, { recursive: true });
  const layer = join(work, "layer.tar");
  await must([
    "tar",
    "--create",
    "--file",
    layer,
    "--directory",
    root,
    "--numeric-owner",
    "--owner=0",
    "--group=0",
    ".",
  ]);
  const digest = createHash("sha256").update(readFileSync(layer)).digest("hex");
  const env = ["PATH=/usr/local/bin:/usr/bin:/bin"];
  writeFileSync(
    join(work, "config.json"),
    JSON.stringify({
      architecture,
      os: "linux",
      config: { Env: env },
      rootfs: { type: "layers", diff_ids: [`sha256:${digest}`] },
    })
  );
  writeFileSync(
    join(work, "manifest.json"),
    JSON.stringify([{ Config: "config.json", RepoTags: names, Layers: ["layer.tar"] }])
  );
  const out = `${work}.tar`;
  await must(["tar", "--create", "--file", out, "--directory", work, "manifest.json", "config.json", "layer.tar"]);
  return out;
}
