import { connect } from "node:net";

/** Connects to a unix socket and hangs up; resolves with why not, or undefined where it answered. */
export function connects(path: string, milliseconds = 2000): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    const end = (why: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(why);
    };
    const timer = setTimeout(() => end("it takes too long"), milliseconds);
    socket.once("connect", () => end(undefined));
    socket.once("error", (error: NodeJS.ErrnoException) => end(reasons[error.code ?? ""] ?? error.message));
  });
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such socket",
  ECONNREFUSED: "nobody listens",
  EACCES: "permission denied",
};
