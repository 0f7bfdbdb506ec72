import type { OverlayName } from "../core/deploy.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { konductorFacts } from "../nix/facts.ts";

const { meta } = konductorFacts;

const label = { source: "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", words: "small letters, digits and dashes" } as const;
const quantity = { source: "^[1-9]\\d*(Mi|Gi|Ti)$", words: "a number with Mi, Gi or Ti, such as 4Gi" } as const;
const count = { source: "^[1-9]\\d{0,2}$", words: "a number from 1 to 999" } as const;
const word = { source: "^[\\w.:/@-]+$", words: "a name" } as const;
const address = {
  source: "^https?://[^\\s\"'\\\\]+$",
  words: "an address such as http://proxy.example.com:3128",
} as const;
const list = { source: "^[^\\s\"'\\\\]*$", words: "names with commas between them" } as const;

interface SettingSpec {
  readonly summary: string;
  readonly form: { readonly source: string; readonly words: string };
  readonly otherwise: string;
  /** Where an overlay has another default. */
  readonly in?: Readonly<Partial<Record<OverlayName, string>>>;
}

/** What `--set` takes. */
export const settingSpecs = {
  name: { summary: "name of the virtual machine", form: label, otherwise: meta.name },
  namespace: { summary: "where all of it is", form: label, otherwise: meta.kubevirt.namespace },
  image: {
    summary: "the containerDisk",
    form: word,
    otherwise: `${meta.image.name}:${meta.kubevirt.tag}`,
  },
  cores: { summary: "processor cores", form: count, otherwise: "2", in: { advanced: "4" } },
  threads: { summary: "threads of a core", form: count, otherwise: "1", in: { advanced: "2" } },
  memory: { summary: "memory of the guest", form: quantity, otherwise: "4Gi", in: { advanced: "16Gi" } },
  disk: { summary: "advanced: size of the disk that stays", form: quantity, otherwise: "64Gi" },
  "storage-class": {
    summary: "advanced: where that disk is; empty for the cluster's default",
    form: label,
    otherwise: "",
  },
  macvtap: { summary: "advanced: the node's device under macvtap", form: word, otherwise: "eth0" },
  bridge: { summary: "advanced: the Open vSwitch bridge of the nodes", form: word, otherwise: "br0" },
  "http-proxy": { summary: "proxy: for http", form: address, otherwise: "http://proxy.example.com:3128" },
  "https-proxy": { summary: "proxy: for https", form: address, otherwise: "http://proxy.example.com:3128" },
  "no-proxy": {
    summary: "proxy: what is reached without it",
    form: list,
    otherwise: "localhost,127.0.0.1,10.0.0.0/8,.svc,.cluster.local",
  },
} as const satisfies Readonly<Record<string, SettingSpec>>;

export type SettingName = keyof typeof settingSpecs;

export type DeploySettings = Readonly<Record<SettingName, string>> & {
  /** Lines of an authorized_keys file. */
  readonly sshKeys: readonly string[];
};

/** The settings of an overlay, with what the user set; throws a `ProblemError` with every word that cannot be. */
export function settingsOf(overlay: OverlayName, words: readonly string[], sshKeys: readonly string[]): DeploySettings {
  const settings = { ...defaultSettings(overlay) };
  const problems: Problem[] = [];
  for (const given of joinLists(words)) {
    const at = given.indexOf("=");
    const [name, value] = [given.slice(0, at), given.slice(at + 1)];
    if (at < 0 || !isName(name)) {
      const expected = `KEY=VALUE, with one of ${Object.keys(settingSpecs).join(", ")}`;
      problems.push({ kind: "flag-value", flag: "--set", value: given, expected });
      continue;
    }
    const { form } = settingSpecs[name];
    if (!new RegExp(form.source).test(value)) {
      problems.push({ kind: "flag-value", flag: `--set ${name}`, value, expected: form.words });
    }
    settings[name] = value;
  }
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
  return { ...settings, sshKeys };
}

export function defaultSettings(overlay: OverlayName): Record<SettingName, string> {
  const entries = Object.entries(settingSpecs).map(([name, spec]: [string, SettingSpec]) => [
    name,
    spec.in?.[overlay] ?? spec.otherwise,
  ]);
  return Object.fromEntries(entries) as Record<SettingName, string>;
}

/** A list flag takes words apart at commas, and `no-proxy` has some. */
function joinLists(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const one of words) {
    if (!one.includes("=") && joined.at(-1)?.startsWith("no-proxy=") === true) {
      joined.push(`${joined.pop()},${one}`);
    } else {
      joined.push(one);
    }
  }
  return joined;
}

function isName(name: string): name is SettingName {
  return Object.hasOwn(settingSpecs, name);
}
