import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, readFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { ProblemError } from "../../../lib/core/problem.ts";
import { createSpawner } from "../../../lib/host/process/spawner.ts";
import { placeIn } from "../../../lib/vm/machine.ts";
import { identify, type ProcessIdentity } from "../../../lib/vm/process-identity.ts";
import { ask } from "../../../lib/vm/ssh.ts";
import { waitUntilReady } from "../../../lib/vm/wait-ready.ts";
import type { VmWorld } from "../../../lib/vm/world.ts";
import { type TempFolder, tempFolder } from "../../support/temp-folder.ts";

let folder: TempFolder;
let servers: Server[];

beforeEach(() => {
  folder = tempFolder();
  servers = [];
});

afterEach(() => {
  for (const server of servers) {
    server.close();
  }
  folder[Symbol.dispose]();
});

/** A port of which QEMU would take every connection; what then becomes of one is the guest's. */
async function guest(behave: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    behave(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as { readonly port: number }).port;
}

const greeting =
  (afterMs: number) =>
  (socket: Socket): void =>
    void setTimeout(() => socket.write("SSH-2.0-Test\r\n"), afterMs);

test("a port says who is behind it", async () => {
  expect(await ask(await guest(greeting(0)), 2000)).toBe("sshd");
  expect(await ask(await guest((socket) => socket.destroy()), 2000)).toBe("nobody-listens");
  expect(await ask(await guest((socket) => socket.write("HTTP/1.1 400\r\n")), 2000)).toBe("nobody-listens");
  expect(await ask(await guest(() => undefined), 50)).toBe("silence");
});

/** A machine whose ssh does what these lines of sh say; `$n` counts the calls. */
async function wait(
  port: number,
  lines: readonly string[],
  timeout = 20
): Promise<{ readonly stages: readonly string[] }> {
  const count = folder.at("count");
  const program = folder.write(
    "bin/ssh",
    ["#!/bin/sh", `echo >> ${count}`, `n=$(wc -l < ${count})`, ...lines, ""].join("\n")
  );
  chmodSync(program, 0o755);
  const stages: string[] = [];
  const world: VmWorld = {
    env: { PATH: `${folder.at("bin")}:/usr/bin:/bin` },
    spawner: createSpawner({ guardian: false }),
    signal: new AbortController().signal,
    say: () => undefined,
    stage: (text) => stages.push(text),
  };
  const files = placeIn({ folder: folder.path, sockets: folder.path });
  await waitUntilReady({ name: "one", port, process: identify(process.pid) as ProcessIdentity, files, timeout }, world);
  return { stages };
}

const calls = (): number => readFileSync(folder.at("count"), "utf8").length;
const isIn = ["echo konductor is in", `echo '{"v1": {"errors": []}}'`] as const;
const turnedAway = 'echo "kex_exchange_identification: Connection reset by peer" >&2; exit 255';

test("an sshd that is slower to greet than the first look is patient gets its login all the same", async () => {
  let open = 0;
  const port = await guest((socket) => {
    open += 1;
    greeting(600)(socket);
  });
  expect((await wait(port, isIn)).stages).toEqual(["cloud-init"]);
  // A look costs such a guest a process: the fewer, the sooner it is there.
  expect(open).toBeLessThan(16);
}, 30_000);

test("ssh is tried until somebody listens, and a guest that is there is not asked once more", async () => {
  const port = await guest((socket) => socket.destroy());
  const { stages } = await wait(port, [`if [ "$n" -lt 3 ]; then ${turnedAway}; fi`, ...isIn]);
  expect([calls(), stages]).toEqual([3, ["cloud-init"]]);
});

test("a login that takes its time is told", async () => {
  const port = await guest(greeting(0));
  expect((await wait(port, ["sleep 1.5", ...isIn])).stages).toEqual(["ssh login", "cloud-init"]);
}, 30_000);

test.each([
  ["nobody listens", [turnedAway], 1, "ssh does not answer after 1 s"],
  [
    "the key is not taken",
    ['echo "me@host: Permission denied (publickey)." >&2', "exit 255"],
    1,
    "ssh answers, and lets nobody in, after 1 s",
  ],
  [
    "sshd has another key",
    ["echo 'Host key verification failed.' >&2", "exit 255"],
    9,
    "shows another key than the one that was made for it",
  ],
  ["cloud-init hangs", ["echo konductor is in", "sleep 60"], 1, "cloud-init does not end after 1 s"],
  ["the connection breaks", ["echo konductor is in", "exit 255"], 9, "broke while cloud-init ran"],
  [
    "cloud-init fails",
    ["echo konductor is in", `echo '{"v1": {"errors": ["a unit"]}}'`],
    9,
    "cloud-init failed in the guest: a unit",
  ],
] as const)(
  "it is told that %s",
  async (_, lines, timeout, said) => {
    const port = await guest(greeting(0));
    const error = await wait(port, lines, timeout).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as Error).message).toContain(said);
  },
  30_000
);

test("a guest without cloud-init is ready when it has come to rest", async () => {
  const port = await guest(greeting(0));
  expect((await wait(port, ["echo konductor is in"])).stages).toEqual(["cloud-init"]);
});
