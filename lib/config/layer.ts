import type { Place, Problem } from "../core/problem.ts";
import { placeOf } from "../host/text-place.ts";
import type { TomlDocument, TomlResult } from "../host/toml.ts";
import type { TomlPositions } from "../host/toml-positions.ts";
import { checkDocument } from "./check-document.ts";
import type { Fault, World } from "./check-value.ts";
import type { Given, Origin } from "./config.ts";

/** What one layer gives, and all that is wrong in it. */
export interface Layer {
  readonly given: readonly Given[];
  readonly problems: readonly Problem[];
}

/** One file as a layer; `file` is what problems and origins call it. */
export function fileLayer(loaded: TomlResult, file: string, world: World): Layer {
  if (!loaded.ok) {
    return { given: [], problems: [loaded.problem] };
  }
  const { values, faults } = checkDocument(loaded.document.value, world);
  const placed = placesIn(loaded.document, file);
  return {
    given: values.map(({ path, value }) => ({ path, value, origin: () => originAt(file, () => placed(path, "key")) })),
    problems: faults.map((fault) => problemOf(fault, placed(fault.path, fault.at))).toSorted(byPlace),
  };
}

type ConfigProblem = Problem & { readonly kind: "config" };

function problemOf({ message, hint }: Fault, place: Place): ConfigProblem {
  return { kind: "config", place, message, ...(hint === undefined ? {} : { hint }) };
}

function byPlace({ place: a }: ConfigProblem, { place: b }: ConfigProblem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

/** Many ask only which file it was, and to find the place in it takes longer than to read it. */
function originAt(file: string, find: () => Required<Place>): Origin {
  return {
    kind: "file",
    file,
    get line() {
      return find().line;
    },
    get column() {
      return find().column;
    },
  };
}

/** Positions of a document, worked out at the first question. */
function placesIn({ text }: TomlDocument, file: string): (path: Fault["path"], at: Fault["at"]) => Required<Place> {
  let positions: TomlPositions | undefined;
  return (path, at) => {
    if (positions === undefined) {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- most configs are right, and nobody asks where
      const { locateToml } = require("../host/toml-positions.ts") as typeof import("../host/toml-positions.ts");
      positions = locateToml(text);
    }
    return { file, ...placeOf(text, positions.at(path)?.[at] ?? 0) };
  };
}
