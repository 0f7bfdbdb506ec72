type Env = Readonly<Record<string, string | undefined>>;

/**
 * The user's home folder, absolute: HOME, or what the password database says where that is no absolute path, as in a service
 * or under `env -i`. `/` for a user whom the database does not know.
 */
export function userHome(env: Env): string {
  const home = env["HOME"];
  return home?.startsWith("/") === true ? home : knownHome();
}

function knownHome(): string {
  try {
    // Only here: to load it at the top would make the answer to a TAB slower.
    const { homedir } = process.getBuiltinModule("node:os").userInfo();
    return homedir.startsWith("/") ? homedir : "/";
  } catch {
    return "/";
  }
}
