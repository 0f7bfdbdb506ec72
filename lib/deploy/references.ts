import { isObject, type Json, type JsonObject, type Manifest, nameOf } from "./manifest.ts";
import type { Flaw } from "./validate.ts";

/** What no schema says: that names which objects call each other by are there, and that disks, volumes and networks are pairs. */
export function references(objects: readonly Manifest[]): readonly Flaw[] {
  const there = new Set(objects.map(nameOf));
  return [
    ...twice(objects),
    ...objects.filter(({ kind }) => kind === "VirtualMachine").flatMap((vm) => machineFlaws(vm, there)),
  ];
}

function twice(objects: readonly Manifest[]): readonly Flaw[] {
  const seen = new Set<string>();
  return objects.map(nameOf).flatMap((object) => {
    const isTwice = seen.has(object);
    seen.add(object);
    return isTwice ? [{ object, at: "metadata.name", what: "it is there twice" }] : [];
  });
}

function machineFlaws(vm: Manifest, there: ReadonlySet<string>): readonly Flaw[] {
  const object = nameOf(vm);
  const spec = at(vm, "spec", "template", "spec");
  const flaw = (where: string, what: string): Flaw => ({ object, at: `spec.template.spec.${where}`, what });
  const made = objectsIn(at(vm, "spec")["dataVolumeTemplates"]).map((one) => String(at(one, "metadata")["name"]));
  const named = [
    ...objectsIn(spec["accessCredentials"]).map(
      (one) => ["accessCredentials", "Secret", at(one, "sshPublicKey", "source", "secret")["secretName"]] as const
    ),
    ...objectsIn(spec["volumes"]).flatMap((one) =>
      ["secretRef", "networkDataSecretRef"].map(
        (ref) => ["volumes", "Secret", at(one, "cloudInitNoCloud", ref)["name"]] as const
      )
    ),
    ...objectsIn(spec["networks"]).map(
      (one) => ["networks", "NetworkAttachmentDefinition", at(one, "multus")["networkName"]] as const
    ),
    ...objectsIn(spec["volumes"]).map((one) => ["volumes", "DataVolume", at(one, "dataVolume")["name"]] as const),
  ];
  const missing = named
    .filter(([, kind, name]) => typeof name === "string" && !there.has(`${kind} ${name}`))
    .filter(([, kind, name]) => !(kind === "DataVolume" && made.includes(String(name))))
    .map(([where, kind, name]) => flaw(where, `there is no ${kind} ${String(name)}`));
  const devices = at(spec, "domain", "devices");
  return [
    ...missing,
    ...unpaired(devices["disks"], spec["volumes"]).map((name) =>
      flaw("domain.devices.disks", `disk and volume ${name} are no pair`)
    ),
    ...unpaired(devices["interfaces"], spec["networks"]).map((name) =>
      flaw("domain.devices.interfaces", `interface and network ${name} are no pair`)
    ),
  ];
}

function unpaired(some: Json | undefined, others: Json | undefined): readonly string[] {
  const namesIn = (all: Json | undefined): ReadonlySet<string> =>
    new Set(objectsIn(all).map(({ name }) => String(name)));
  return [...namesIn(some).symmetricDifference(namesIn(others))];
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly Json[]).filter((item) => isObject(item)) : [];
}

function at(value: JsonObject, ...keys: readonly string[]): JsonObject {
  let inner: Json | undefined = value;
  for (const key of keys) {
    inner = isObject(inner) ? inner[key] : undefined;
  }
  return isObject(inner) ? inner : {};
}
