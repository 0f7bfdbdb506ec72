/** Is this process in a CI run? `CI=false` and `CI=0` say no. */
export function inCi(env: Readonly<Record<string, string | undefined>>): boolean {
  return !["", "0", "false"].includes((env.CI ?? "").toLowerCase());
}

/** Whether GitHub Actions runs this, or one of those that speak its language: Forgejo's and Gitea's runners say so in both ways. */
export function inActions(env: Readonly<Record<string, string | undefined>>): boolean {
  return ["GITHUB_ACTIONS", "FORGEJO_ACTIONS", "GITEA_ACTIONS"].some((name) => env[name] === "true");
}
