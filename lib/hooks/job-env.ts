type Env = Readonly<Record<string, string | undefined>>;

/**
 * What of git's variables a job may have: how to reach a server, and settings that a user or a CI gave to every git.
 * None of them leads to the repository, the index or the author of the commit that is being made.
 */
const kept =
  /^GIT_(SSH|SSL|HTTP|PROXY|LFS|TRACE|CONFIG_(COUNT|KEY_|VALUE_|GLOBAL|SYSTEM|NOSYSTEM))|^GIT_(ASKPASS|TERMINAL_PROMPT|ALLOW_PROTOCOL|EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|PAGER|ATTR_NOSYSTEM)$/;

/**
 * The environment of a job: without what git gives to a hook. With `GIT_DIR` or `GIT_INDEX_FILE` in it, a job that
 * calls git in a folder of its own would write into the user's repository.
 */
export function jobEnv(env: Env): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("GIT_") || kept.test(name)));
}
