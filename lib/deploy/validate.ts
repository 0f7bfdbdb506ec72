import type { ErrorObject, ValidateFunction } from "ajv";
import type { Json, Manifest } from "./manifest.ts";
import { isObject, nameOf } from "./manifest.ts";
import { references } from "./references.ts";
import { coreKinds } from "./schemas/core-kinds.ts";
import { kubevirtKinds } from "./schemas/kubevirt-kinds.ts";
import type { Schema } from "./schemas/schema.ts";

/** What is wrong with an object, and where in it. */
export interface Flaw {
  /** `VirtualMachine konductor`. */
  readonly object: string;
  /** A path with dots; empty for the whole object. */
  readonly at: string;
  readonly what: string;
}

/** A schema for a kind, in place of the one that is known here: the full one of a cluster's own CRD, for one. */
export type KindSchemas = ReadonlyMap<string, Schema>;

export function kindKey({ apiVersion, kind }: Pick<Manifest, "apiVersion" | "kind">): string {
  return `${apiVersion} ${kind}`;
}

/** The kinds that are used here, each with exactly the fields that are used: a field misspelt is a flaw, too. */
export const knownKinds: KindSchemas = new Map(
  [...coreKinds, ...kubevirtKinds].map((schema) => [keyOf(schema), schema])
);

function keyOf({ properties }: Schema): string {
  const { apiVersion, kind } = properties as Record<string, { readonly enum: readonly string[] }>;
  return `${apiVersion?.enum[0]} ${kind?.enum[0]}`;
}

/** All that is wrong with these objects: by the schema of their kind, and with what they say of each other. */
export async function flawsOf(objects: readonly Json[], kinds: KindSchemas = knownKinds): Promise<readonly Flaw[]> {
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  const compiled = new Map<string, ValidateFunction>();
  const flaws: Flaw[] = [];
  const whole: Manifest[] = [];
  for (const [index, object] of objects.entries()) {
    if (!isManifest(object)) {
      flaws.push({ object: `object ${index + 1}`, at: "", what: "it has no apiVersion, kind or name" });
      continue;
    }
    const key = kindKey(object);
    const schema = kinds.get(key);
    if (schema === undefined) {
      flaws.push({ object: nameOf(object), at: "", what: `there is no schema for ${key}` });
      continue;
    }
    const check = compiled.get(key) ?? ajv.compile(schema);
    compiled.set(key, check);
    if (check(object)) {
      whole.push(object);
    } else {
      flaws.push(...flawsIn(object, check.errors ?? []));
    }
  }
  return [...flaws, ...references(whole)];
}

function isManifest(value: Json): value is Manifest {
  return (
    isObject(value) &&
    typeof value["apiVersion"] === "string" &&
    typeof value["kind"] === "string" &&
    isObject(value["metadata"]) &&
    typeof value["metadata"]["name"] === "string"
  );
}

function flawsIn(object: Manifest, errors: readonly ErrorObject[]): readonly Flaw[] {
  return errors
    .filter(({ keyword }) => keyword !== "if")
    .map(({ instancePath, message, params }) => ({
      object: nameOf(object),
      at: instancePath.slice(1).replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~"),
      what: [message ?? "it is wrong", detailOf(params)].filter((part) => part !== "").join(": "),
    }));
}

/** Which key, or which values there are. */
function detailOf(params: Readonly<Record<string, unknown>>): string {
  const { additionalProperty, allowedValues } = params;
  if (typeof additionalProperty === "string") {
    return additionalProperty;
  }
  return Array.isArray(allowedValues) ? allowedValues.join(", ") : "";
}
