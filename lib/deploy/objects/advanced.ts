import type { Manifest, Patch } from "../manifest.ts";
import type { DeploySettings } from "../settings.ts";
import { toYaml } from "../yaml.ts";
import { cloudInit, podInterface, processors, userData } from "./base.ts";
import { cloudConfig, powerRules, primeNeighbours } from "./cloud-config.ts";
import { metadataOf, namesOf } from "./names.ts";

/** Networks of the nodes, and how the guest takes part in them. */
export function advancedObjects(settings: DeploySettings): readonly Manifest[] {
  const names = namesOf(settings);
  return [
    attachment(settings, names.macvtap, `macvtap.network.kubevirt.io/${settings.macvtap}`, {
      type: "macvtap",
      mtu: 1500,
    }),
    attachment(settings, names.bridge, `ovs-cni.network.kubevirt.io/${settings.bridge}`, {
      type: "ovs",
      bridge: settings.bridge,
    }),
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: metadataOf(settings, names.networkData),
      type: "Opaque",
      stringData: { networkdata: toYaml(networkConfig) },
    },
  ];
}

/** A disk that outlives the machine, three networks, more of everything. */
export function advancedPatches(settings: DeploySettings): readonly Patch[] {
  const config = cloudConfig({ hostname: settings.name, files: [powerRules()], commands: primeNeighbours });
  return [patchOf(userData(settings, config)), virtualMachine(settings)];
}

/** Without what the object has already. */
export function patchOf({ apiVersion, kind, metadata: { name, namespace }, stringData }: Manifest): Patch {
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    ...(stringData === undefined ? {} : { stringData }),
  };
}

/** Source: <https://github.com/k8snetworkplumbingwg/multi-net-spec>, and the plugins' own pages. */
function attachment(
  settings: DeploySettings,
  name: string,
  resource: string,
  config: Readonly<Record<string, string | number>>
): Manifest {
  return {
    apiVersion: "k8s.cni.cncf.io/v1",
    kind: "NetworkAttachmentDefinition",
    metadata: { ...metadataOf(settings, name), annotations: { "k8s.v1.cni.cncf.io/resourceName": resource } },
    spec: { config: JSON.stringify({ cniVersion: "0.3.1", name, ...config }) },
  };
}

/** `acpiIndex` N is the link enoN in the guest, whatever its place on the bus (systemd.net-naming-scheme(7)). */
const links = { default: 1, macvtap: 2, bridge: 3 } as const;

/** The pod's network has the default route; the bridge is one of the guest, too, so that its containers can be on it. */
const networkConfig = {
  version: 2,
  ethernets: {
    [`eno${links.default}`]: { dhcp4: true },
    [`eno${links.macvtap}`]: { dhcp4: true, "dhcp4-overrides": { "route-metric": 2000 } },
    [`eno${links.bridge}`]: { dhcp4: false },
  },
  bridges: {
    br0: { interfaces: [`eno${links.bridge}`], dhcp4: true, "dhcp4-overrides": { "route-metric": 3000 } },
  },
} as const;

function virtualMachine(settings: DeploySettings): Patch {
  const names = namesOf(settings);
  const { name, namespace } = metadataOf(settings, names.vm);
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name, namespace },
    spec: {
      dataVolumeTemplates: [
        {
          metadata: { name: names.disk },
          spec: {
            source: { registry: { url: `docker://${settings.image}` } },
            storage: {
              resources: { requests: { storage: settings.disk } },
              ...(settings["storage-class"] === "" ? {} : { storageClassName: settings["storage-class"] }),
            },
          },
        },
      ],
      template: {
        spec: {
          domain: {
            ...processors(settings),
            devices: {
              networkInterfaceMultiqueue: true,
              blockMultiQueue: true,
              disks: [
                { name: "root", bootOrder: 1, cache: "writeback", disk: { bus: "virtio" } },
                { name: "cloud-init", disk: { bus: "virtio" } },
              ],
              interfaces: [
                { ...podInterface, acpiIndex: links.default },
                { name: "macvtap", acpiIndex: links.macvtap, binding: { name: "macvtap" } },
                { name: "bridge", acpiIndex: links.bridge, bridge: {} },
              ],
            },
          },
          networks: [
            { name: "default", pod: {} },
            { name: "macvtap", multus: { networkName: names.macvtap } },
            { name: "bridge", multus: { networkName: names.bridge } },
          ],
          volumes: [
            { name: "root", dataVolume: { name: names.disk } },
            cloudInit(settings, { networkDataSecretRef: { name: names.networkData } }),
          ],
        },
      },
    },
  };
}
