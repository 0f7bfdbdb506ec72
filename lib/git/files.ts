export { readAttributes } from "./attributes.ts";
export { changedLines, isChanged, type LineRanges } from "./changed-lines.ts";
export { listPaths } from "./given-paths.ts";
export type { GitOptions } from "./git.ts";
export { listProject } from "./project.ts";
export { listSince } from "./since.ts";
export { listStaged, snapshotStaged, type StagedFile, type StagedList } from "./staged.ts";
