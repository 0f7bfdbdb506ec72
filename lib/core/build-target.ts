/** Platforms that `k build` can build for. */
export const buildTargets = [
  "linux-x64",
  "linux-x64-musl",
  "linux-arm64",
  "linux-arm64-musl",
  "darwin-x64",
  "darwin-arm64",
] as const;

export type BuildTarget = (typeof buildTargets)[number];
