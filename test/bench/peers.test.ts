import { expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPeers } from "../../bench/install-peers.ts";
import { pinned } from "../../bench/peers.ts";

test("a peer that cannot be had is left out with the reason, and nothing half is kept of it", () => {
  const cache = mkdtempSync(join(tmpdir(), "k-test-"));
  try {
    // No registry answers there, and no apt-get is on the PATH.
    const env = {
      PATH: cache,
      HOME: cache,
      BUN_CONFIG_REGISTRY: "http://127.0.0.1:9/",
      BUN_CONFIG_HTTP_RETRY_COUNT: "0",
    };
    const lines: string[] = [];
    const peers = installPeers(cache, env, (line) => lines.push(line));
    for (const { name } of pinned()) {
      expect(peers.folder(name)).toBeUndefined();
      expect(peers.missing[name]).toBeString();
      expect(lines.some((line) => line.startsWith(`${name} cannot be had: `))).toBe(true);
    }
    expect(peers.missing["hk"]).toBeString();
    expect(peers.versions).toEqual({});
    expect(readdirSync(join(cache, "bench")).flatMap((folder) => readdirSync(join(cache, "bench", folder)))).toEqual(
      []
    );
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
});
