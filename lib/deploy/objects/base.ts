import { konductorFacts } from "../../nix/facts.ts";
import type { Json, Manifest } from "../manifest.ts";
import type { DeploySettings } from "../settings.ts";
import { cloudConfig } from "./cloud-config.ts";
import { labelsOf, metadataOf, namesOf } from "./names.ts";

const { users, meta } = konductorFacts;

/** Where a person's keys go before anybody has set one: nobody is let in by a comment. */
const noKeys = "# put public keys here, one a line; `k deploy:kubevirt:apply` puts yours";

/** In the order in which they are needed: what the machine refers to is there before it. */
export function baseObjects(settings: DeploySettings): readonly Manifest[] {
  return [
    namespace(settings),
    sshKey(settings),
    userData(settings, cloudConfig({ hostname: settings.name })),
    service(settings),
    networkPolicy(settings),
    virtualMachine(settings),
  ];
}

/** `baseline` is all that the machine's pod needs: it has no more rights than any other. */
function namespace(settings: DeploySettings): Manifest {
  const level = (mode: string, name: string) => [`pod-security.kubernetes.io/${mode}`, name] as const;
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: settings.namespace,
      labels: {
        "app.kubernetes.io/name": settings.name,
        ...Object.fromEntries([level("enforce", "baseline"), level("audit", "baseline"), level("warn", "baseline")]),
      },
    },
  };
}

function sshKey(settings: DeploySettings): Manifest {
  const keys = settings.sshKeys.length === 0 ? [noKeys] : settings.sshKeys;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: metadataOf(settings, namesOf(settings).sshKey),
    type: "Opaque",
    stringData: { authorized_keys: `${keys.join("\n")}\n` },
  };
}

/** KubeVirt looks for this very key. */
export function userData(settings: DeploySettings, text: string): Manifest {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: metadataOf(settings, namesOf(settings).userData),
    type: "Opaque",
    stringData: { userdata: text },
  };
}

function service(settings: DeploySettings): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataOf(settings, namesOf(settings).service),
    spec: {
      type: "ClusterIP",
      selector: labelsOf(settings),
      ports: [{ name: "ssh", protocol: "TCP", port: 22, targetPort: 22 }],
    },
  };
}

/** ssh alone, from its own namespace, and from that of KubeVirt, through which `virtctl` comes. */
function networkPolicy(settings: DeploySettings): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadataOf(settings, namesOf(settings).policy),
    spec: {
      podSelector: { matchLabels: labelsOf(settings) },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            { podSelector: {} },
            { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kubevirt" } } },
          ],
          ports: [{ protocol: "TCP", port: 22 }],
        },
      ],
    },
  };
}

function virtualMachine(settings: DeploySettings): Manifest {
  const names = namesOf(settings);
  return {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: metadataOf(settings, names.vm),
    spec: {
      runStrategy: "Always",
      template: {
        metadata: { labels: labelsOf(settings) },
        spec: {
          hostname: settings.name,
          accessCredentials: [
            {
              sshPublicKey: {
                source: { secret: { secretName: names.sshKey } },
                propagationMethod: { qemuGuestAgent: { users: Object.keys(users.users) } },
              },
            },
          ],
          domain: {
            machine: { type: "q35" },
            // The image has no keys of Secure Boot.
            firmware: { bootloader: { efi: { secureBoot: false } } },
            ...processors(settings),
            devices: {
              rng: {},
              disks: [
                { name: "root", bootOrder: 1, disk: { bus: "virtio" } },
                { name: "cloud-init", disk: { bus: "virtio" } },
              ],
              interfaces: [podInterface],
            },
          },
          networks: [{ name: "default", pod: {} }],
          readinessProbe: { tcpSocket: { port: 22 }, initialDelaySeconds: 20, periodSeconds: 10 },
          terminationGracePeriodSeconds: 180,
          volumes: [containerDisk(settings), cloudInit(settings)],
        },
      },
    },
  };
}

/** Masquerade with a list of ports forwards those alone. */
export const podInterface = {
  name: "default",
  masquerade: {},
  ports: [{ name: "ssh", protocol: "TCP", port: 22 }],
} as const;

/** KubeVirt adds what QEMU itself takes to both memory values. */
export function processors({ cores, threads, memory }: DeploySettings) {
  const cpu = String(Number(cores) * Number(threads));
  return {
    cpu: { model: "host-passthrough", cores: Number(cores), threads: Number(threads) },
    memory: { guest: memory },
    resources: { requests: { cpu: "1", memory }, limits: { cpu, memory } },
  } as const;
}

function containerDisk({ image }: DeploySettings): Json {
  const { diskFolder, diskFile } = meta.kubevirt;
  return { name: "root", containerDisk: { image, path: `${diskFolder}/${diskFile}`, imagePullPolicy: "IfNotPresent" } };
}

export function cloudInit(settings: DeploySettings, more: Readonly<Record<string, Json>> = {}): Json {
  return {
    name: "cloud-init",
    cloudInitNoCloud: { secretRef: { name: namesOf(settings).userData }, ...more },
  };
}
