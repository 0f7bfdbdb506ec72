import { ProblemError } from "../../core/problem.ts";
import { konductorFacts } from "../../nix/facts.ts";

/** What an image is called in a registry. */
export interface Reference {
  /** With its port. */
  readonly registry: string;
  /** Registry and repository, without a tag. */
  readonly name: string;
  readonly tag: string;
}

/** As the distribution specification has them: <https://github.com/opencontainers/distribution-spec>. */
const form =
  /^((?:[\w.-]+\.[\w.-]+|localhost|[\w.-]+(?=:\d+\/))(?::\d+)?)\/([a-z0-9]+(?:(?:[._]|__|-+|\/)[a-z0-9]+)*)(?::(\w[\w.-]{0,127}))?$/;

/** `REGISTRY/REPOSITORY[:TAG]`; Konductor's own where none is given. Throws a `ProblemError`. */
export function referenceOf(text: string | undefined): Reference {
  const { image, kubevirt } = konductorFacts.meta;
  if (text === undefined) {
    return { registry: image.registry, name: image.name, tag: kubevirt.tag };
  }
  const [, registry, repository, tag = kubevirt.tag] = form.exec(text) ?? [];
  if (registry === undefined || repository === undefined) {
    throw new ProblemError({
      kind: "flag-value",
      flag: "--tag",
      value: text,
      expected: `a name with its registry, such as ${image.name}:${kubevirt.tag}`,
    });
  }
  return { registry, name: `${registry}/${repository}`, tag };
}

export function showReference({ name, tag }: Reference): string {
  return `${name}:${tag}`;
}

/** One of this machine, which engines speak plain HTTP with. */
export function isLoopback({ registry }: Reference): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(registry);
}
