import manifest from "../../package.json" with { type: "json" };

/** The version of `k`, from the one place that has it. */
export const version: string = manifest.version;
