import type { DockerServices } from "../core/docker-services.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.docker`. */
export function dockerServices(wiring: Wiring, context: Omit<TaskContext, "use">): DockerServices {
  const own = async () => {
    const { DockerCommands } = await import("./docker-commands.ts");
    return new DockerCommands(wiring, context);
  };
  return {
    build: async (stage, selection, flags) => (await own()).build(stage, selection, flags),
    bake: async (call) => (await own()).bake(call),
    validateBake: async (flags) => (await own()).validateBake(flags),
    driver: async (action, flags) => (await own()).driver(action, flags),
    up: async (flags) => (await own()).lifecycle("up", flags),
    down: async (flags) => (await own()).lifecycle("down", flags),
    restart: async (flags) => (await own()).lifecycle("restart", flags),
    rebuild: async (flags) => (await own()).lifecycle("rebuild", flags),
    logs: async (call) => (await own()).logs(call),
    test: async (flags) => (await own()).test(flags),
    exec: async (call) => (await own()).exec(call),
    status: async (call) => (await own()).status(call),
    images: async (call) => (await own()).images(call),
    clean: async (call) => (await own()).clean(call),
    push: async (call) => (await own()).push(call),
    login: async (call) => (await own()).login(call),
    scan: async (call) => (await own()).scan(call),
    sbom: async (call) => (await own()).sbom(call),
  };
}
