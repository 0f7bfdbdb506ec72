import { type OverlayName, overlayNames } from "../core/deploy.ts";
import type { Json, Manifest } from "./manifest.ts";
import { baseObjects } from "./objects/base.ts";
import { overlayOf } from "./render.ts";
import { settingsOf } from "./settings.ts";
import { toYaml } from "./yaml.ts";

/** Where the committed manifests are, relative to the repository. */
export const manifestFolder = "deploy/kubevirt";

const banner = "# Made by `k generate` from lib/deploy and nix/facts.json.\n";

/** The base and the overlays as kustomize reads them, with the values that hold where nothing is set; path and text. */
export function kustomizeFiles(): readonly (readonly [path: string, text: string])[] {
  const base = baseObjects(settingsOf("base", [], []));
  return [
    ...folderFiles("base", base, [], []),
    ...overlayNames.filter((name) => name !== "base").flatMap((name) => overlayFiles(name)),
  ];
}

function overlayFiles(name: OverlayName): readonly (readonly [string, string])[] {
  const { objects, patches } = overlayOf(name, settingsOf(name, [], []));
  return folderFiles(`overlays/${name}`, objects, patches, ["../../base"]);
}

function folderFiles(
  folder: string,
  objects: readonly Manifest[],
  patches: readonly Manifest[],
  resources: readonly string[]
): readonly (readonly [string, string])[] {
  const file = (name: string, value: Json): readonly [string, string] => [
    `${manifestFolder}/${folder}/${name}`,
    banner + toYaml(value),
  ];
  const kustomization = {
    apiVersion: "kustomize.config.k8s.io/v1beta1",
    kind: "Kustomization",
    resources: [...resources, ...objects.map(fileName)],
    ...(patches.length === 0 ? {} : { patches: patches.map((patch) => ({ path: fileName(patch) })) }),
  };
  return [
    file("kustomization.yaml", kustomization),
    ...[...objects, ...patches].map((one) => file(fileName(one), one)),
  ];
}

/** By the object's own name, which says more than its kind; the machine's and the namespace's are alike. */
function fileName({ kind, metadata: { name } }: Manifest): string {
  const words = kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
  return kind === "VirtualMachine" || kind === "Namespace" ? `${words}.yaml` : `${name}.yaml`;
}
