import { createServer } from "node:net";
import { defineCheck, good, weak } from "../check.ts";

export default defineCheck({
  name: "ssh-port",
  area: "machine",
  summary: "The port for ssh to a virtual machine is free",
  severity: "info",
  async probe(world) {
    const port = world.sshPort;
    const why = await whyTaken(port);
    if (why === undefined) {
      return good(`127.0.0.1:${port} is free`);
    }
    const running = (await world.machines()).filter(({ state }) => state === "running");
    if (running.length > 0) {
      return good(`127.0.0.1:${port} is in use, and \`${running.map(({ name }) => name).join("`, `")}\` runs`);
    }
    return weak(`127.0.0.1:${port} is not free (${why}): a virtual machine takes the next one`, {
      command: world.platform === "darwin" ? `lsof -nP -iTCP:${port} -sTCP:LISTEN` : `ss -ltnp 'sport = :${port}'`,
      text: "shows who has it",
    });
  },
});

/** Listens for a moment; the error's code where that cannot be done. */
function whyTaken(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
