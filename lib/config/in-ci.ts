/** Is this process in a CI run? `CI=false` and `CI=0` say no. */
export function inCi(env: Readonly<Record<string, string | undefined>>): boolean {
  return !["", "0", "false"].includes((env.CI ?? "").toLowerCase());
}
