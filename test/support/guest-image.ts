import { closeSync, openSync, readFileSync, readSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { home } from "./sandbox.ts";

const script = join(home, "test/vm/build-test-image.sh");

/** Where the image of the tests is kept between runs. */
const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "konductor-test");

export const guestImage = join(cache, "guest.qcow2");

/** What a test of virtual machines needs beside the image. */
const programs = ["qemu-system-x86_64", "qemu-img", "qemu-io", "genisoimage", "ssh", "ssh-keygen"];

/** Why no QEMU can be tested here; undefined where it can. */
export function whyNoQemu(): string | undefined {
  const missing = programs.filter((program) => Bun.which(program) === null);
  if (process.platform !== "linux" || process.arch !== "x64") {
    return "the tests of virtual machines are for Linux on x86-64";
  }
  return missing.length === 0 ? undefined : `${missing.join(", ")} not to be found`;
}

/** Why there is no guest to boot here; undefined where its image is there, or can be built. */
export function whyNoGuest(): string | undefined {
  const why = whyNoQemu();
  if (why !== undefined || isUpToDate()) {
    return why;
  }
  const isBuildable =
    process.getuid?.() === 0 &&
    Bun.which("apt-get") !== null &&
    readFileSync("/etc/os-release", "utf8").includes("ID=debian");
  return isBuildable ? undefined : "there is no image of a guest, and only root can build one, on Debian";
}

/** Builds the image where it is not up to date; two builders take turns. Takes a minute or two. */
export async function buildGuestImage(): Promise<void> {
  if (isUpToDate()) {
    return;
  }
  const child = Bun.spawn(["bash", script, guestImage], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    env: { ...process.env, TMPDIR: "/tmp" },
  });
  const [said, exitCode] = await Promise.all([child.stderr.text(), child.exited]);
  if (exitCode !== 0) {
    throw new Error(`the image of the guest was not built: ${said.slice(-2000)}`);
  }
}

function isUpToDate(): boolean {
  return Bun.spawnSync(["bash", script, "--check", guestImage], { stdout: "ignore", stderr: "ignore" }).exitCode === 0;
}

export function sha256(path: string): string {
  const hasher = new Bun.CryptoHasher("sha256");
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(1 << 20);
    for (let at = 0; at < statSync(path).size; at += bytes.length) {
      hasher.update(bytes.subarray(0, readSync(file, bytes, 0, bytes.length, at)));
    }
    return hasher.digest("hex");
  } finally {
    closeSync(file);
  }
}

/** Runs a program; throws with what it said where it fails. */
export function must(...argv: readonly string[]): string {
  const ran = Bun.spawnSync([...argv], { stdout: "pipe", stderr: "pipe" });
  if (ran.exitCode !== 0) {
    throw new Error(`${argv.join(" ")}: ${ran.stderr.toString()}`);
  }
  return ran.stdout.toString();
}

/** A disk that starts as the image; what is written to it stays in `path`. */
export function copyOfImage(path: string): string {
  must("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", guestImage, path);
  return path;
}

/** One without boot code, as images for UEFI are. */
export function efiOnly(path: string): string {
  must("qemu-io", "-f", "qcow2", "-c", "write -P 0 0 440", copyOfImage(path));
  return path;
}

const espAt = 8 * 1024 * 1024;
const espBytes = 64 * 1024 * 1024;

/** One whose kernel gets other words than the image's loader gives it; both must be of one length. */
export function withKernelWords(path: string, from: string, to: string): string {
  const esp = `${path}.esp`;
  must(
    "qemu-img",
    "dd",
    "-f",
    "qcow2",
    "-O",
    "raw",
    "bs=1M",
    `skip=${espAt >> 20}`,
    `count=${(espAt + espBytes) >> 20}`,
    `if=${guestImage}`,
    `of=${esp}`
  );
  const bytes = readFileSync(esp);
  copyOfImage(path);
  for (let at = bytes.indexOf(from); at >= 0; at = bytes.indexOf(from, at + 1)) {
    const sector = at - (at % 512);
    const patched = bytes.subarray(sector, sector + 1024);
    patched.write(to.padEnd(from.length), at - sector);
    const folder = dirname(path);
    writeFileSync(join(folder, "patch"), patched);
    // qemu-io takes its words apart at blanks: a name alone, from where it is.
    const ran = Bun.spawnSync(["qemu-io", "-f", "qcow2", "-c", `write -s patch ${espAt + sector} 1024`, path], {
      cwd: folder,
    });
    if (ran.exitCode !== 0) {
      throw new Error(ran.stdout.toString() + ran.stderr.toString());
    }
  }
  return path;
}
