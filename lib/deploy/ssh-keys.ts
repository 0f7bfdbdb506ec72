import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { fileProblem } from "../host/file-problem.ts";
import { userHome } from "../host/user-home.ts";

/** What a public key begins with (sshd(8), "AUTHORIZED_KEYS FILE FORMAT"). */
const start =
  /^(?:ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [\w+/=]+/;

/** The public keys of a file; throws a `ProblemError` where it holds none, or a secret one. */
export function readKeys(path: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ProblemError(fileProblem(path, "the public key is not read", error));
  }
  const keys = keysIn(text);
  if (keys.length === 0) {
    const isSecret = text.includes("PRIVATE KEY");
    throw new ProblemError({
      kind: "file",
      path,
      what: "it is no public key",
      why: isSecret ? "it is the secret half" : "no line of it begins as one does",
      hint: isSecret ? `give ${path}.pub` : "`ssh-keygen -t ed25519` makes one",
    });
  }
  return keys;
}

/** Those of the user's own `~/.ssh`; none where there are none. */
export function usualKeys(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const folder = join(userHome(env), ".ssh");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".pub")) : [];
  return names.toSorted().flatMap((name) => {
    try {
      return keysIn(readFileSync(join(folder, name), "utf8"));
    } catch {
      return [];
    }
  });
}

function keysIn(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => start.test(line));
}
