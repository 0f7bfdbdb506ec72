/** A task's full name: its path under `tasks/` with `:` between the parts, as in `nix:qcow2:start`. */
export type TaskId = string & { readonly brand: "TaskId" };

const pattern = /^[a-z0-9][a-z0-9-]*(?::[a-z0-9][a-z0-9-]*)*$/;

/** The one maker of task ids; `undefined` where the text cannot be one. */
export function parseTaskId(text: string): TaskId | undefined {
  return pattern.test(text) ? (text as TaskId) : undefined;
}

/** `tasks/lint/index.ts` is `lint`, `tasks/nix/qcow2/start.ts` is `nix:qcow2:start`; the path is relative to the tasks folder. */
export function taskIdOfFile(path: string): TaskId | undefined {
  const parts = path.replace(/\.ts$/, "").split("/");
  if (parts.length > 1 && parts.at(-1) === "index") {
    parts.pop();
  }
  return parseTaskId(parts.join(":"));
}
