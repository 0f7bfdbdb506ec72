import { plugin } from "bun";

/** Lets a project's own task and hook files say `import { defineTask } from "konductor"` without any `node_modules`. */
export function provideModule(): void {
  plugin({
    name: "konductor",
    setup(build) {
      build.module("konductor", async () => ({
        exports: { ...(await import("../task.ts")), ...(await import("../hook.ts")) },
        loader: "object",
      }));
    },
  });
}
