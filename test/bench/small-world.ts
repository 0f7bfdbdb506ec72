import { stateFolders } from "../../lib/host/folders.ts";
import { openPeers, type Peers, peersFolder } from "../../bench/peers.ts";
import { makeWorld, type World } from "../../bench/world.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { kArguments } from "../support/sandbox.ts";

/** The peers as far as `k bench` has installed them on this machine: a test installs nothing. */
export const peers: Peers = openPeers(peersFolder(stateFolders(process.env).cache));

/** A world with the real `k`, on the Bun that runs the tests. */
export function smallWorld(): World {
  const own = { name: "k", program: "", env: {} };
  const world = makeWorld({ quick: true, peers, own: [], log: () => {} });
  const program = join(world.folder, "k");
  const words = [process.execPath, ...kArguments].map((word) => `'${word}'`).join(" ");
  writeFileSync(program, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 });
  return { ...world, own: [{ ...own, program }], [Symbol.dispose]: () => world[Symbol.dispose]() };
}
