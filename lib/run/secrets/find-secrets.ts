/** What a project says of its own variables; names may hold `*`. */
export interface SecretNames {
  /** Secret whatever they look like. */
  readonly also: readonly string[];
  /** Not secret although they look like it; `also` wins. */
  readonly except: readonly string[];
}

/** In characters: anything shorter stands in too much that has nothing to do with it. */
export const shortestSecret = 6;

// Whole words of the name, or words run together as in PGPASSWORD.
const looksSecret =
  /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|APIKEY|(?:^|_)(?:KEY|PASS|PAT|AUTH|PWD)(?:_|$)/i;
// They say where a secret is, not what it is. PWD and OLDPWD are folders, git's keys are names of settings (git-config(1)).
const isPlace = /_(?:FILE|PATH|DIR|SOCK|HOME|HELPER|PROGRAM|COMMAND|ASKPASS)$|^(?:OLD)?PWD$|^GIT_CONFIG_KEY_/i;
// A password inside an address: `postgres://user:password@host`.
const addressPassword = /^[a-z][\w+.-]*:\/\/[^/?#\s:@]*:([^/?#\s@]+)@/i;

/** The values in an environment that no report may show, the longest first; empty in most. */
export function findSecrets(
  env: Readonly<Record<string, string | undefined>>,
  names: SecretNames = { also: [], except: [] }
): readonly string[] {
  const found = new Set<string>();
  for (const [name, value = ""] of Object.entries(env)) {
    const secret = isSecretName(name, names) ? value.trim() : (addressPassword.exec(value)?.[1] ?? "");
    if ([...secret.slice(0, 2 * shortestSecret)].length >= shortestSecret) {
      found.add(secret);
    }
  }
  return [...found].toSorted((a, b) => b.length - a.length);
}

function isSecretName(name: string, { also, except }: SecretNames): boolean {
  const isNamed = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => pattern === name || (pattern.includes("*") && new Bun.Glob(pattern).match(name)));
  return isNamed(also) || (looksSecret.test(name) && !isPlace.test(name) && !isNamed(except));
}
