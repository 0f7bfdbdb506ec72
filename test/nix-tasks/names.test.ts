import { expect, test } from "bun:test";
import { home } from "../support/sandbox.ts";
import { join } from "node:path";

/** The tasks of Nix that Konductor has always had, by the names that people type. */
const names: Readonly<Record<string, string>> = {
  "nix:install": "nin",
  "nix:configure": "nc",
  "nix:uninstall": "nun",
  "nix:update": "nu",
  "nix:update:input": "nui",
  "nix:build": "nb",
  "nix:check": "nck",
  "nix:show": "ns",
  "nix:gc": "ngc",
  "nix:gc:aggressive": "nga",
  "nix:optimise": "no",
  "nix:info": "nif",
  "nix:doctor": "nd",
  "nix:cache:enable": "nce",
  "nix:cache:push": "ncp",
  "nix:registry:add": "nra",
  "nix:registry:list": "nrl",
  "nix:registry:remove": "nrr",
  "nix:qcow2": "nq",
  "nix:qcow2:start": "nqs",
  "nix:qcow2:stop": "nqx",
  "nix:qcow2:deploy": "nqd",
  "nix:qcow2:deploy:console": "nqdc",
  "lint:nix": "ln",
  "lint:nix:statix": "lns",
  "lint:nix:deadnix": "lnd",
  "lint:nix:flake": "lnf",
};

test("every name and alias leads to one and the same task", async () => {
  const ran = Bun.spawnSync([process.execPath, join(home, "bin/k"), "list", "--json", "--all"], { cwd: home });
  const { tasks } = JSON.parse(ran.stdout.toString()) as {
    tasks: readonly { name: string; aliases: readonly string[] }[];
  };
  const taskOf = (name: string): string | undefined =>
    tasks.find((task) => task.name === name || task.aliases.includes(name))?.name;
  const found = Object.entries(names).map(([name, alias]) => ({ name, long: taskOf(name), short: taskOf(alias) }));
  expect(found.filter(({ long, short }) => long === undefined || long !== short)).toEqual([]);
  expect(Object.keys(names).filter((name) => name.startsWith("nix:"))).toHaveLength(23);
});
