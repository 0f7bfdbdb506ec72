import { ProblemError } from "../core/problem.ts";
import { isObject, type Json } from "./manifest.ts";

/** The objects of a YAML file with one or more documents; throws a `ProblemError`. A `List` counts as what is in it. */
export function readManifests(path: string, text: string): readonly Json[] {
  let parsed: unknown;
  try {
    parsed = Bun.YAML.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ProblemError({ kind: "file", path, what: "it cannot be read as YAML", why });
  }
  // Several documents come as a list, one comes as it is; an empty one is nothing.
  const documents = (Array.isArray(parsed) ? parsed : [parsed]) as readonly Json[];
  const objects = documents
    .filter((one) => one !== null)
    .flatMap((one) => (isObject(one) && one["kind"] === "List" ? ((one["items"] ?? []) as readonly Json[]) : [one]));
  if (objects.length === 0) {
    throw new ProblemError({ kind: "file", path, what: "it holds no object", why: "it is empty" });
  }
  return objects;
}
