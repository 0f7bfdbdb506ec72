import { expect, test } from "bun:test";
import { isLoopback, referenceOf, showReference } from "../../../lib/image/registry/reference.ts";
import { konductorFacts } from "../../../lib/nix/facts.ts";

const { image, kubevirt } = konductorFacts.meta;

test.each([
  [undefined, image.registry, `${image.name}:${kubevirt.tag}`],
  ["ghcr.io/a/b:c", "ghcr.io", "ghcr.io/a/b:c"],
  ["ghcr.io/a/b", "ghcr.io", `ghcr.io/a/b:${kubevirt.tag}`],
  ["localhost/a", "localhost", `localhost/a:${kubevirt.tag}`],
  ["127.0.0.1:5000/a_b/c-d:v1.2_x", "127.0.0.1:5000", "127.0.0.1:5000/a_b/c-d:v1.2_x"],
  ["registry:5000/a", "registry:5000", `registry:5000/a:${kubevirt.tag}`],
])("%p is of %s", (text, registry, shown) => {
  const reference = referenceOf(text);
  expect([reference.registry, showReference(reference)]).toEqual([registry, shown]);
});

test.each([
  "",
  "a",
  "a/b",
  "ghcr.io/A/b",
  "ghcr.io/a b",
  "ghcr.io/a:",
  "ghcr.io/a:b:c",
  "-x/a",
  "ghcr.io//a",
  "ghcr.io/a@b",
])("%j is refused, and told how it must be", (text) => {
  expect(() => referenceOf(text)).toThrow(`a name with its registry, such as ${image.name}`);
});

test.each([
  ["localhost/a", true],
  ["localhost:5000/a", true],
  ["127.0.0.1:5000/a", true],
  ["127.0.0.1.example.com/a", false],
  ["ghcr.io/a", false],
])("%s is of this machine: %p", (text, is) => {
  expect(isLoopback(referenceOf(text))).toBe(is);
});
