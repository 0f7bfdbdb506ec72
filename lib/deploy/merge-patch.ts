import { isObject, type Json, type Manifest, nameOf, type Patch } from "./manifest.ts";

/**
 * A value with a patch applied: maps are merged, `null` removes, all else replaces, lists too. That is what kustomize does with
 * kinds of which it has no schema, as those of KubeVirt. Source: RFC 7396.
 */
export function mergePatch(value: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) {
    return patch;
  }
  const merged: Record<string, Json> = isObject(value) ? { ...value } : {};
  for (const [key, change] of Object.entries(patch)) {
    if (change === null) {
      delete merged[key];
    } else {
      merged[key] = mergePatch(merged[key], change);
    }
  }
  return merged;
}

/** The objects with each patch applied to the one that it names. */
export function applyPatches(objects: readonly Manifest[], patches: readonly Patch[]): readonly Manifest[] {
  const names = new Set(objects.map(nameOf));
  const lost = patches.find((patch) => !names.has(nameOf(patch)));
  if (lost !== undefined) {
    throw new Error(`a patch is for ${nameOf(lost)}, which is not there`);
  }
  return objects.map((object) =>
    patches
      .filter((patch) => nameOf(patch) === nameOf(object))
      .reduce((patched, patch) => mergePatch(patched, patch) as Manifest, object)
  );
}
