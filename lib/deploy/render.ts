import type { OverlayName } from "../core/deploy.ts";
import type { Manifest, Patch } from "./manifest.ts";
import { applyPatches } from "./merge-patch.ts";
import { advancedObjects, advancedPatches } from "./objects/advanced.ts";
import { baseObjects } from "./objects/base.ts";
import { proxyPatches } from "./objects/proxy.ts";
import type { DeploySettings } from "./settings.ts";

/** What an overlay adds to the base, and what it changes there. */
export interface Overlay {
  readonly objects: readonly Manifest[];
  readonly patches: readonly Patch[];
}

export function overlayOf(name: OverlayName, settings: DeploySettings): Overlay {
  switch (name) {
    case "base":
      return { objects: [], patches: [] };
    case "advanced":
      return { objects: advancedObjects(settings), patches: advancedPatches(settings) };
    case "proxy":
      return { objects: [], patches: proxyPatches(settings) };
  }
}

/** All objects of an overlay, the machine last: what it refers to is there before it. */
export function render(name: OverlayName, settings: DeploySettings): readonly Manifest[] {
  const { objects, patches } = overlayOf(name, settings);
  const patched = applyPatches(baseObjects(settings), patches);
  return [...patched.slice(0, -1), ...objects, ...patched.slice(-1)];
}
