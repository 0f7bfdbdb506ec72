import { dayOf, daysBetween } from "../nix/flake-lock.ts";
import type { ReportStyle } from "./report.ts";
import type { FlakeStatus, GitStatus, ShellStatus, Status } from "./status.ts";
import { wrapWords } from "./words.ts";

export interface StatusOptions {
  readonly columns: number;
  readonly style: Pick<ReportStyle, "strong" | "dim" | "warn">;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Writes `~` for the user's home. */
  short(path: string): string;
}

/** A line or a few per part, the part's name before it. */
export function statusText(status: Status, options: StatusOptions): string {
  const { columns, style, short } = options;
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["project", [`${status.project.name}, ${short(status.project.root)}`, ...status.project.faults]],
    ["git", [gitWords(status.git)]],
    ["shell", [shellWords(status.shell, short)]],
    ["tools", [toolWords(status.tools)]],
    ["nix", [status.nix === undefined ? "not on PATH" : nixWords(status.nix, short)]],
    ["flake", flakeLines(status.flake, options)],
    ["machines", machineLines(status)],
    ["containers", [containerWords(status)]],
    ["hooks", [hookWords(status.hooks)]],
    ["cache", [cacheWords(status.cache, short)]],
  ];
  const indent = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows
    .flatMap(([name, texts]) =>
      texts
        .flatMap((text) => wrapWords(text, columns - indent))
        .map(
          (line, index) =>
            `${index === 0 ? style.strong(name) : ""}${" ".repeat(index === 0 ? indent - name.length : indent)}${line}`
        )
    )
    .map((line) => `${line}\n`)
    .join("");
}

function gitWords(git: GitStatus | undefined): string {
  if (git === undefined) {
    return "no repository";
  }
  const { branch, commit, changes, upstream } = git;
  if (changes === undefined) {
    return "git does not say: `k doctor` tells why";
  }
  const parts = [
    branch ?? `detached at ${commit?.slice(0, 12) ?? "nothing"}`,
    ...(commit === undefined ? ["no commit yet"] : []),
    ...Object.entries(changes).flatMap(([word, amount]) => (amount === 0 ? [] : [`${amount} ${word}`])),
  ];
  const isClean = Object.values(changes).every((amount) => amount === 0);
  return [...parts, ...(isClean ? ["clean"] : []), ...upstreamWords(upstream)].join(", ");
}

function upstreamWords(upstream: GitStatus["upstream"]): readonly string[] {
  if (upstream === undefined) {
    return [];
  }
  const { name, ahead, behind } = upstream;
  if (ahead === 0 && behind === 0) {
    return [`as ${name}`];
  }
  const amounts = [...(ahead === 0 ? [] : [`${ahead} ahead of`]), ...(behind === 0 ? [] : [`${behind} behind`])];
  return [`${amounts.join(" and ")} ${name}`];
}

function shellWords({ konductor, nix, direnv, container }: ShellStatus, short: (path: string) => string): string {
  const parts = [
    konductor === undefined
      ? nix
        ? "a Nix shell, not Konductor's"
        : "the system's own"
      : `Konductor's \`${konductor}\``,
    ...(direnv === undefined ? [] : [`direnv of ${short(direnv)}`]),
    ...(container ? ["in a container"] : []),
  ];
  return parts.join(", ");
}

function toolWords({ found, total, missing }: Status["tools"]): string {
  return `${found} of ${total}${missing.length === 0 ? "" : `, without ${missing.join(", ")}`}`;
}

function nixWords(nix: NonNullable<Status["nix"]>, short: (path: string) => string): string {
  return `${nix.flavour} ${nix.version ?? "of no version that it says"}, ${short(nix.path)}`;
}

function flakeLines(flake: FlakeStatus | undefined, { now, style }: StatusOptions): readonly string[] {
  if (flake === undefined) {
    return ["none"];
  }
  if (flake.fault !== undefined) {
    return [flake.fault];
  }
  const width = Math.max(0, ...flake.inputs.map(({ name }) => name.length));
  return flake.inputs.map(({ name, modified, from }) => {
    const age = modified === undefined ? "no date" : `${dayOf(modified)} (${ageWords(modified, now)})`;
    return `${name}${"\u00a0".repeat(width - name.length)} ${age} ${style.dim(from)}`;
  });
}

function ageWords(modified: number, now: number): string {
  const days = daysBetween(modified, now);
  return days === 0 ? "today" : `${days} ${days === 1 ? "day" : "days"}`;
}

function machineLines({ machines }: Status): readonly string[] {
  return machines.length === 0
    ? ["none"]
    : machines.map(({ name, state, pid }) => `${name} ${state}${pid === undefined ? "" : ` (${pid})`}`);
}

function containerWords({ containers: { engine, running, fault } }: Status): string {
  if (engine === undefined) {
    return "no engine on PATH";
  }
  if (fault !== undefined) {
    return `${engine}: ${fault}`;
  }
  if (running === undefined) {
    return `${engine}, not asked (--full)`;
  }
  return `${engine}: ${running.length === 0 ? "none runs" : running.join(", ")}`;
}

function hookWords(hooks: Status["hooks"]): string {
  if (hooks === undefined) {
    return "none: no repository that git reads";
  }
  return hooks.installed.length === 0 ? "not installed (k hooks install)" : hooks.installed.join(", ");
}

function cacheWords({ bytes, resultBytes, folder }: Status["cache"], short: (path: string) => string): string {
  return bytes === 0
    ? `empty, ${short(folder)}`
    : `${sizeWords(bytes)}, ${sizeWords(resultBytes)} of it results, ${short(folder)}`;
}

/** `0 B`, `12 KiB`, `3.4 GiB`. */
export function sizeWords(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const amount = bytes / 1024 ** power;
  return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1)} ${units[power]}`;
}
