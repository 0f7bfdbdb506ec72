import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type OverlayName, overlayNames } from "../../../lib/core/deploy.ts";
import type { Json, Manifest } from "../../../lib/deploy/manifest.ts";
import { mergePatch } from "../../../lib/deploy/merge-patch.ts";
import { render } from "../../../lib/deploy/render.ts";
import { settingsOf } from "../../../lib/deploy/settings.ts";
import { flawsOf, kindKey, knownKinds } from "../../../lib/deploy/validate.ts";
import type { Schema } from "../../../lib/deploy/schemas/schema.ts";

const rendered = (name: OverlayName, ...set: readonly string[]): readonly Manifest[] =>
  render(name, settingsOf(name, set, ["ssh-ed25519 AAAA me"]));

test.each(overlayNames)("%s has no flaw", async (name) => {
  expect(await flawsOf(rendered(name))).toEqual([]);
});

const machine = (change: Json): readonly Json[] =>
  rendered("advanced").map((one) => (one.kind === "VirtualMachine" ? mergePatch(one, change) : one));

const inSpec = (spec: Json): Json => ({ spec: { template: { spec } } });

test.each<[string, Json, string, string]>([
  ["a field misspelt", { spec: { runstrategy: "Always" } }, "spec", "must NOT have additional properties: runstrategy"],
  [
    "a field without which it does not run",
    { spec: { runStrategy: null } },
    "spec",
    "must have required property 'runStrategy'",
  ],
  ["a word that there is not", { spec: { runStrategy: "Allways" } }, "spec.runStrategy", "Always, Halted, Manual"],
  [
    "text for a number",
    inSpec({ domain: { cpu: { cores: "2" } } }),
    "spec.template.spec.domain.cpu.cores",
    "must be integer",
  ],
  [
    "memory that is no quantity",
    inSpec({ domain: { memory: { guest: "4GB" } } }),
    "spec.template.spec.domain.memory.guest",
    "must match pattern",
  ],
  ["a name with capitals", { metadata: { name: "Konductor" } }, "metadata.name", "must match pattern"],
  [
    "a secret that is not there",
    inSpec({
      volumes: [
        { name: "root", dataVolume: { name: "konductor-disk" } },
        { name: "cloud-init", cloudInitNoCloud: { secretRef: { name: "no-such" } } },
      ],
    }),
    "spec.template.spec.volumes",
    "there is no Secret no-such",
  ],
  [
    "a network that is not there",
    inSpec({
      networks: [
        { name: "default", pod: {} },
        { name: "macvtap", multus: { networkName: "enp3s0-macvtap" } },
        { name: "bridge", pod: {} },
      ],
    }),
    "spec.template.spec.networks",
    "there is no NetworkAttachmentDefinition enp3s0-macvtap",
  ],
  [
    "a disk without a volume",
    inSpec({ domain: { devices: { disks: [{ name: "data", disk: {} }] } } }),
    "spec.template.spec.domain.devices.disks",
    "disk and volume data are no pair",
  ],
  [
    "an interface of two kinds",
    inSpec({ domain: { devices: { interfaces: [{ name: "default", masquerade: {}, bridge: {} }] } } }),
    "spec.template.spec.domain.devices.interfaces.0",
    "must match exactly one schema in oneOf",
  ],
])("%s is a flaw", async (_, change, at, what) => {
  const flaws = await flawsOf(machine(change));
  expect(flaws.map((flaw) => flaw.at)).toContain(at);
  expect(flaws.find((flaw) => flaw.at === at && flaw.what.includes(what))).toBeDefined();
});

test.each<[Json, string]>([
  [{}, "it has no apiVersion, kind or name"],
  [null, "it has no apiVersion, kind or name"],
  [{ apiVersion: "v2", kind: "Pod", metadata: { name: "a" } }, "there is no schema for v2 Pod"],
])("%j is a flaw: %s", async (object, what) => {
  expect((await flawsOf([object])).map((flaw) => flaw.what)).toEqual([what]);
});

test("the same object twice is a flaw", async () => {
  const [namespace] = rendered("base");
  if (namespace === undefined) {
    throw new Error("there is a namespace");
  }
  expect((await flawsOf([namespace, namespace])).map((flaw) => flaw.what)).toEqual(["it is there twice"]);
});

/** JSON schemas of the cluster's own CRDs, each in a file KIND_VERSION.json in small letters. */
const folder = process.env["KONDUCTOR_TEST_CRDS"];
const missing = folder === undefined ? "KONDUCTOR_TEST_CRDS names no folder of them" : undefined;
const published = ["virtualmachine_v1", "datavolume_v1beta1", "networkattachmentdefinition_v1"] as const;

describe.skipIf(missing !== undefined)(
  `the published CRDs${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    const load = async (name: string): Promise<Schema> => {
      const path = join(folder ?? "", `${name}.json`);
      if (!existsSync(path)) {
        throw new Error(`${path} is not there`);
      }
      return (await Bun.file(path).json()) as Schema;
    };

    const schemas = async (): Promise<ReadonlyMap<string, Schema>> => {
      const [vm, dataVolume, attachment] = await Promise.all(published.map(load));
      return new Map([
        ...knownKinds,
        ["kubevirt.io/v1 VirtualMachine", vm ?? {}],
        ["cdi.kubevirt.io/v1beta1 DataVolume", dataVolume ?? {}],
        ["k8s.cni.cncf.io/v1 NetworkAttachmentDefinition", attachment ?? {}],
      ]);
    };

    test.each(overlayNames)("%s is valid by them", async (name) => {
      expect(await flawsOf(rendered(name), await schemas())).toEqual([]);
    });

    test("the volume that the machine has made for it is a valid DataVolume", async () => {
      const vm = rendered("advanced").find(({ kind }) => kind === "VirtualMachine") as unknown as {
        readonly spec: { readonly dataVolumeTemplates: readonly Manifest[] };
      };
      const [template] = vm.spec.dataVolumeTemplates;
      const volume: Manifest = { ...(template as Manifest), apiVersion: "cdi.kubevirt.io/v1beta1", kind: "DataVolume" };
      expect(await flawsOf([volume], await schemas())).toEqual([]);
    });

    test("a field that the own schemas know is one of theirs", async () => {
      const full = await schemas();
      for (const own of knownKinds.values()) {
        const key = kindKey(constants(own));
        const theirs = full.get(key);
        if (theirs !== undefined && theirs !== own) {
          expect(strangers(own, theirs, key)).toEqual([]);
        }
      }
    });
  }
);

function constants({ properties }: Schema): { readonly apiVersion: string; readonly kind: string } {
  const { apiVersion, kind } = properties as Record<string, { readonly enum: readonly string[] }>;
  return { apiVersion: apiVersion?.enum[0] ?? "", kind: kind?.enum[0] ?? "" };
}

/** Paths of fields that one schema has and the other does not; `metadata` is the server's own, and in no CRD. */
function strangers(own: Schema, theirs: Schema, path: string): readonly string[] {
  const fields = (own["properties"] ?? {}) as Readonly<Record<string, Schema>>;
  const known = (theirs["properties"] ?? {}) as Readonly<Record<string, Schema>>;
  return [
    ...Object.entries(fields).flatMap(([name, inner]) => {
      if (name === "metadata") {
        return [];
      }
      const other = known[name];
      const isOpen = theirs["additionalProperties"] !== undefined && theirs["additionalProperties"] !== false;
      return other === undefined ? (isOpen ? [] : [`${path}.${name}`]) : strangers(inner, other, `${path}.${name}`);
    }),
    ...(own["items"] === undefined || theirs["items"] === undefined
      ? []
      : strangers(own["items"] as Schema, theirs["items"] as Schema, `${path}[]`)),
  ];
}
