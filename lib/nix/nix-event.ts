import { plain } from "../core/plain.ts";

/** What an activity is; the numbers are those of Nix's `logging.hh`, the same in Lix. */
const activities: Readonly<Record<number, ActivityKind>> = {
  100: "copy-path",
  101: "transfer",
  103: "copies",
  104: "builds",
  105: "build",
  106: "optimise",
  108: "substitute",
  112: "fetch",
};

export type ActivityKind =
  | "copy-path"
  | "transfer"
  | "copies"
  | "builds"
  | "build"
  | "optimise"
  | "substitute"
  | "fetch"
  | "other";

/** One line of `--log-format internal-json`. Ids are texts: they do not fit into a number. */
export type NixEvent =
  | {
      readonly action: "start";
      readonly id: string;
      readonly kind: ActivityKind;
      readonly text: string;
      /** Of a build: the derivation; of a copy: the store path. */
      readonly subject: string | undefined;
      readonly level: number;
    }
  | { readonly action: "stop"; readonly id: string }
  | { readonly action: "log"; readonly id: string; readonly line: string }
  | { readonly action: "phase"; readonly id: string; readonly phase: string }
  | { readonly action: "progress"; readonly id: string; readonly done: number; readonly expected: number }
  /** Level 0 is an error, 1 a warning. */
  | { readonly action: "message"; readonly level: number; readonly text: string };

const prefix = "@nix ";
const results = { log: 101, phase: 104, progress: 105, postBuildLog: 107 } as const;

type Json = Readonly<Record<string, unknown>>;

/** Undefined for a line that is no event, or one that says nothing to a person. */
export function parseNixEvent(line: string): NixEvent | undefined {
  if (!line.startsWith(prefix)) {
    return undefined;
  }
  let event: Json;
  try {
    event = JSON.parse(line.slice(prefix.length)) as Json;
  } catch {
    return undefined;
  }
  // Nix makes ids of its process id and a count: beyond 2^53 two of them would be one number.
  const id = /[{,]"id":(\d+)/.exec(line)?.[1] ?? "";
  const fields = Array.isArray(event["fields"]) ? (event["fields"] as readonly unknown[]) : [];
  switch (event["action"]) {
    case "start":
      return {
        action: "start",
        id,
        kind: activities[Number(event["type"])] ?? "other",
        text: textOf(event["text"]),
        subject: typeof fields[0] === "string" ? textOf(fields[0]) : undefined,
        level: Number(event["level"] ?? 0),
      };
    case "stop":
      return { action: "stop", id };
    case "msg":
      return { action: "message", level: Number(event["level"] ?? 0), text: textOf(event["msg"]) };
    case "result":
      return resultOf(id, Number(event["type"]), fields);
    default:
      return undefined;
  }
}

function resultOf(id: string, type: number, fields: readonly unknown[]): NixEvent | undefined {
  const [first, second] = fields;
  switch (type) {
    case results.log:
    case results.postBuildLog:
      return { action: "log", id, line: textOf(first).trimEnd() };
    case results.phase:
      return { action: "phase", id, phase: textOf(first) };
    case results.progress:
      return { action: "progress", id, done: Number(first ?? 0), expected: Number(second ?? 0) };
    default:
      return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? plain(value) : "";
}

/** `/nix/store/…-hello-1.0.drv` is `hello-1.0`. */
export function storeName(path: string): string {
  return (path.split("/").at(-1) ?? path).replace(/^[0-9a-z]{32}-/, "").replace(/\.drv$/, "");
}
