/** Variables that change what tools say, whatever the tool. */
const common =
  /^(LANG|LANGUAGE|LC_.*|TZ|LD_LIBRARY_PATH|LD_PRELOAD|PYTHON.*|VIRTUAL_ENV|CONDA_.*|NODE_.*|BUN_.*|NIX_PATH)$/;

/** Families of variables by the first part of a tool's name, beside those that begin with the name itself. */
const families: Readonly<Record<string, RegExp>> = {
  actionlint: /^(SHELLCHECK|PYFLAKES)/,
  black: /^BLACK_/,
  go: /^(GO|CGO_|CC$|CXX$)/,
  gofumpt: /^GO/,
  golangci: /^(GO|CGO_|CC$|CXX$)/,
  mypy: /^MYPY/,
  rustfmt: /^(RUST|CARGO)/,
  staticcheck: /^(GO|CGO_|CC$|CXX$)/,
  tsc: /^TSC_/,
};

/**
 * What of its environment counts for a tool's answer, sorted. The session's own variables (terminal, folder, agent sockets) are
 * left out: with them nothing would ever be known again.
 */
export function countingVariables(
  tool: string,
  env: Readonly<Record<string, string | undefined>>
): readonly (readonly [string, string])[] {
  const first = tool.split("-")[0] ?? tool;
  const own = tool.toUpperCase().replaceAll("-", "_");
  const family = families[first];
  return Object.entries(env)
    .flatMap(([name, value]): [string, string][] => {
      const counts = common.test(name) || name.startsWith(own) || family?.test(name) === true;
      return counts && value !== undefined ? [[name, value]] : [];
    })
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
