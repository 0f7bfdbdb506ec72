import { createServer } from "node:net";
import { ProblemError } from "../core/problem.ts";

/** How many ports are tried behind the wanted one. */
const tries = 100;

/** A port on 127.0.0.1 that nobody listens on: the wanted one, else the next free. Rejects with a `ProblemError`. */
export async function freePort(wanted: number, { isFixed }: { readonly isFixed: boolean }): Promise<number> {
  for (let port = wanted; port < Math.min(wanted + tries, 65_536); port += 1) {
    if (await isFree(port)) {
      return port;
    }
    if (isFixed) {
      throw new ProblemError({
        kind: "refused",
        what: `port ${port} of 127.0.0.1 is taken`,
        hint: "leave --port away for the next free one, or give another",
      });
    }
  }
  throw new ProblemError({ kind: "refused", what: `no port from ${wanted} on is free`, hint: "give one with --port" });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
