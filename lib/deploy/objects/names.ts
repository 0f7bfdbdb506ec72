import type { DeploySettings } from "../settings.ts";

/** What the objects call each other. */
export function namesOf({ name }: DeploySettings) {
  return {
    vm: name,
    sshKey: `${name}-ssh-key`,
    userData: `${name}-user-data`,
    networkData: `${name}-network-data`,
    service: `${name}-ssh`,
    policy: `${name}-ssh-only`,
    disk: `${name}-disk`,
    /** Of both the network attachment and the machine's reference to it. */
    macvtap: `${name}-macvtap`,
    bridge: `${name}-bridge`,
  } as const;
}

/** By what services and policies find the machine's pod. */
export function labelsOf({ name }: DeploySettings) {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/component": "virtual-machine" } as const;
}

export function metadataOf(settings: DeploySettings, name: string) {
  return { name, namespace: settings.namespace, labels: labelsOf(settings) } as const;
}
