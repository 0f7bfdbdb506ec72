import { expect, test } from "bun:test";
import { flakeText, outputRows } from "../../../lib/nix/show-flake.ts";

const derivation = (name: string, description = ""): object => ({ type: "derivation", name, description });

const outputs = {
  packages: {
    "x86_64-linux": { k: derivation("k-0.1.0", "The task system"), oci: derivation("image") },
    "aarch64-darwin": { k: derivation("k-0.1.0", "The task system") },
  },
  devShells: {
    "x86_64-linux": { default: derivation("konductor") },
    "aarch64-darwin": { default: derivation("konductor") },
  },
  overlays: { default: { type: "nixpkgs-overlay" } },
  nixosModules: { default: { type: "nixos-module" } },
  lib: { type: "unknown" },
  legacyPackages: { "x86_64-linux": {} },
};

test("systems are gathered, and named where some lack it", () => {
  const text = flakeText({
    metadata: {
      url: "git+file:///home/ada/shop",
      description: "A shop",
      revision: "0123456789",
      lastModified: 1_767_225_600,
    },
    outputs: outputs as never,
  });
  expect(text).toBe(
    [
      "A shop",
      "git+file:///home/ada/shop, 2026-01-01, 0123456",
      "systems: aarch64-darwin, x86_64-linux",
      "",
      "devShells.default     all           konductor",
      "lib",
      "nixosModules.default                nixos-module",
      "overlays.default                    nixpkgs-overlay",
      "packages.k            all           k-0.1.0: The task system",
      "packages.oci          x86_64-linux  image",
      "",
    ].join("\n")
  );
});

test("a flake without outputs has no rows", () => {
  expect(outputRows({})).toEqual([]);
  expect(flakeText({ metadata: { url: "path:/x" }, outputs: {} })).toBe("path:/x\n\n");
});
