export interface DockerfileFacts {
  /** Names of stages, lower case as BuildKit compares them. */
  readonly stages: readonly string[];
  /** Arguments with their defaults; undefined has none. */
  readonly args: ReadonlyMap<string, string | undefined>;
  /** What stages begin from, as written. */
  readonly bases: readonly { readonly image: string; readonly stage: string | undefined }[];
}

/** Reads of a Dockerfile what a bake file can refer to: stages, arguments, bases. */
export function readDockerfile(text: string): DockerfileFacts {
  const stages: string[] = [];
  const args = new Map<string, string | undefined>();
  const bases: { image: string; stage: string | undefined }[] = [];
  for (const line of instructions(text)) {
    const from = /^FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line);
    if (from?.[1] !== undefined) {
      const stage = from[2]?.toLowerCase();
      bases.push({ image: from[1], stage });
      stages.push(...(stage === undefined ? [] : [stage]));
    }
    const arg = /^ARG\s+([A-Za-z_]\w*)(?:=(.*))?$/i.exec(line);
    if (arg?.[1] !== undefined && (arg[2] !== undefined || !args.has(arg[1]))) {
      args.set(arg[1], arg[2]?.replace(/^"(.*)"$/, "$1"));
    }
  }
  return { stages, args, bases };
}

function instructions(text: string): readonly string[] {
  return text
    .split("\n")
    .filter((line) => !/^\s*#/.test(line))
    .join("\n")
    .replaceAll(/\\\r?\n/g, " ")
    .split("\n")
    .map((line) => line.trim());
}

/** Puts arguments in: `${NAME}`, `$NAME` and `${NAME:-default}`; what is not known stays as it is. */
export function expand(text: string, values: ReadonlyMap<string, string | undefined>): string {
  return text.replaceAll(
    /\$\{(\w+)(?::-([^}]*))?\}|\$(\w+)/g,
    (whole, long?: string, otherwise?: string, short?: string) => {
      const value = values.get(long ?? short ?? "");
      return value === undefined || value === "" ? (otherwise ?? value ?? whole) : value;
    }
  );
}
