import { kind, label, labels, list, map, port, type Schema, text, texts, words } from "./schema.ts";

const protocol = words("TCP", "UDP", "SCTP");
const podSelector = map({ matchLabels: labels });

/** What of Kubernetes' own kinds is used here. Source: the API reference of Kubernetes 1.32, kubernetes.io/docs/reference. */
export const coreKinds: readonly Schema[] = [
  kind("v1", "Namespace", {}),
  kind("v1", "Secret", { type: text, stringData: texts, data: texts, immutable: { type: "boolean" } }),
  kind("v1", "Service", {
    "spec!": map({
      type: words("ClusterIP", "NodePort", "LoadBalancer"),
      selector: labels,
      "ports!": list(
        map({
          name: label,
          protocol,
          "port!": port,
          targetPort: { anyOf: [port, label] },
          nodePort: { type: "integer", minimum: 30_000, maximum: 32_767 },
        })
      ),
    }),
  }),
  kind("networking.k8s.io/v1", "NetworkPolicy", {
    "spec!": map({
      "podSelector!": podSelector,
      policyTypes: list(words("Ingress", "Egress")),
      ingress: list(
        map({
          from: list(map({ podSelector, namespaceSelector: podSelector })),
          ports: list(map({ protocol, port: { anyOf: [port, label] } })),
        })
      ),
    }),
  }),
];
