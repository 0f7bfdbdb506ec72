import type { BuildTarget } from "../core/build-target.ts";

/** How Bun calls a platform. */
export function bunTarget(target: BuildTarget): string {
  return `bun-${target}`;
}

/** The npm package that brings the Bun of a platform. */
export function bunPackage(target: BuildTarget): string {
  return `@oven/bun-${target.replace("arm64", "aarch64")}`;
}
