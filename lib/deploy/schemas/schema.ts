/** A JSON schema, draft 2020-12 or 7: only what both have is used. */
export type Schema = Readonly<Record<string, unknown>>;

/** A map of exactly these keys; those whose names end in `!` must be there. */
export function map(keys: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(keys);
  return {
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name.replace("!", ""), keys[name]])),
    required: names.filter((name) => name.endsWith("!")).map((name) => name.slice(0, -1)),
    additionalProperties: false,
  };
}

/** As `map`, with exactly one of the keys named. */
export function oneOf(names: readonly string[], keys: Readonly<Record<string, Schema>>): Schema {
  return { ...map(keys), oneOf: names.map((name) => ({ required: [name] })) };
}

export function list(items: Schema): Schema {
  return { type: "array", items };
}

export function words(...values: readonly string[]): Schema {
  return { enum: values };
}

export const text: Schema = { type: "string" };
export const flag: Schema = { type: "boolean" };
export const count: Schema = { type: "integer", minimum: 0 };
export const port: Schema = { type: "integer", minimum: 1, maximum: 65_535 };
export const nothing: Schema = { type: "object", maxProperties: 0 };
export const texts: Schema = { type: "object", additionalProperties: text };

/** A DNS label (RFC 1123), as names of most objects are. */
export const label: Schema = { type: "string", pattern: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$" };

/** A DNS subdomain (RFC 1123). */
export const subdomain: Schema = {
  type: "string",
  maxLength: 253,
  pattern: "^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
};

/** What Kubernetes calls a quantity: `4Gi`, `500m`, `2`. */
export const quantity: Schema = {
  type: ["string", "integer"],
  pattern: "^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?$",
};

/** Keys and values of labels, as the server takes them. */
export const labels: Schema = {
  type: "object",
  propertyNames: { pattern: "^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([\\w.-]{0,61}[A-Za-z0-9])?$" },
  additionalProperties: { type: "string", pattern: "^([A-Za-z0-9]([\\w.-]{0,61}[A-Za-z0-9])?)?$" },
};

const metadata = map({ "name!": subdomain, namespace: label, labels, annotations: texts });

/** An object of the cluster: what all have, and what its kind has. */
export function kind(apiVersion: string, name: string, keys: Readonly<Record<string, Schema>>): Schema {
  return map({ "apiVersion!": words(apiVersion), "kind!": words(name), "metadata!": metadata, ...keys });
}
