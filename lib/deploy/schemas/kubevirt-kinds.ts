import {
  count,
  flag,
  kind,
  label,
  labels,
  list,
  map,
  nothing,
  oneOf,
  port,
  quantity,
  type Schema,
  subdomain,
  text,
  words,
} from "./schema.ts";

const byName = map({ "name!": subdomain });
const resources = map({
  requests: map({ cpu: quantity, memory: quantity }),
  limits: map({ cpu: quantity, memory: quantity }),
});

const disk = oneOf(["disk", "cdrom"], {
  "name!": label,
  bootOrder: { type: "integer", minimum: 1 },
  cache: words("none", "writeback", "writethrough"),
  disk: map({ bus: words("virtio", "sata", "scsi", "usb"), readonly: flag }),
  cdrom: map({ bus: words("sata", "scsi"), readonly: flag }),
});

const networkInterface = oneOf(["masquerade", "bridge", "binding"], {
  "name!": label,
  acpiIndex: { type: "integer", minimum: 1 },
  model: text,
  macAddress: text,
  masquerade: nothing,
  bridge: nothing,
  binding: byName,
  ports: list(map({ name: label, protocol: words("TCP", "UDP"), "port!": port })),
});

const domain = map({
  machine: map({ type: text }),
  firmware: map({
    bootloader: oneOf(["efi", "bios"], { efi: map({ secureBoot: flag, persistent: flag }), bios: nothing }),
  }),
  cpu: map({ model: text, sockets: count, cores: count, threads: count }),
  memory: map({ guest: quantity }),
  resources,
  "devices!": map({
    rng: nothing,
    disks: list(disk),
    interfaces: list(networkInterface),
    networkInterfaceMultiqueue: flag,
    blockMultiQueue: flag,
  }),
});

const volume = oneOf(["containerDisk", "dataVolume", "cloudInitNoCloud"], {
  "name!": label,
  containerDisk: map({
    "image!": text,
    path: { type: "string", pattern: "^/" },
    imagePullPolicy: words("Always", "Never", "IfNotPresent"),
    imagePullSecret: subdomain,
  }),
  dataVolume: byName,
  cloudInitNoCloud: map({ secretRef: byName, networkDataSecretRef: byName }),
});

const accessCredential = map({
  "sshPublicKey!": map({
    "source!": map({ "secret!": map({ "secretName!": subdomain }) }),
    "propagationMethod!": oneOf(["qemuGuestAgent", "noCloud"], {
      qemuGuestAgent: map({ "users!": { ...list(text), minItems: 1, uniqueItems: true } }),
      noCloud: nothing,
    }),
  }),
});

const dataVolumeSpec = map({
  "source!": map({ "registry!": map({ "url!": { type: "string", pattern: "^docker://." }, secretRef: subdomain }) }),
  "storage!": map({
    accessModes: list(words("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")),
    "resources!": map({ "requests!": map({ "storage!": quantity }) }),
    storageClassName: subdomain,
    volumeMode: words("Block", "Filesystem"),
  }),
});

/** What of KubeVirt's, CDI's and Multus' kinds is used here. Source: their published CRDs, as of KubeVirt 1.6 and CDI 1.62. */
export const kubevirtKinds: readonly Schema[] = [
  kind("kubevirt.io/v1", "VirtualMachine", {
    "spec!": map({
      "runStrategy!": words("Always", "Halted", "Manual", "RerunOnFailure", "Once"),
      dataVolumeTemplates: list(map({ "metadata!": byName, "spec!": dataVolumeSpec })),
      "template!": map({
        metadata: map({ labels, annotations: labels }),
        "spec!": map({
          hostname: label,
          accessCredentials: list(accessCredential),
          "domain!": domain,
          networks: list(
            oneOf(["pod", "multus"], { "name!": label, pod: nothing, multus: map({ "networkName!": text }) })
          ),
          readinessProbe: map({ tcpSocket: map({ "port!": port }), initialDelaySeconds: count, periodSeconds: count }),
          terminationGracePeriodSeconds: count,
          volumes: list(volume),
        }),
      }),
    }),
  }),
  kind("cdi.kubevirt.io/v1beta1", "DataVolume", { "spec!": dataVolumeSpec }),
  kind("k8s.cni.cncf.io/v1", "NetworkAttachmentDefinition", { "spec!": map({ "config!": text }) }),
];
