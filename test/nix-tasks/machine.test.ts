import { expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathOf } from "../health/machine-path.ts";
import { type NixBox, nixBox, noNix } from "../support/real-nix.ts";
import { sandbox } from "../support/sandbox.ts";

setDefaultTimeout(60_000);
const real = test.skipIf(noNix !== undefined);
const name = (words: string): string => (noNix === undefined ? words : `${words} (skipped: ${noNix})`);

real(name("konductor is registered once, listed, and taken out again; a second time does nothing"), async () => {
  await using box = await nixBox();
  const before = await box.k("nrl");
  expect(before.stdout).toContain("konductor is not among them");
  for (const _ of [1, 2]) {
    expect((await box.k("nra", "--yes")).exitCode).toBe(0);
  }
  const listed = await box.k("nix:registry:list");
  expect(listed.stdout).toBe("user  flake:konductor  github:braincraftio/konductor\n");
  const json = JSON.parse((await box.k("nrl", "--json")).stdout) as { entries: readonly object[] };
  expect(json.entries).toEqual([{ scope: "user", from: "flake:konductor", to: "github:braincraftio/konductor" }]);
  expect((await box.run(["nix", "registry", "add", "other", "path:/srv"])).exitCode).toBe(0);
  const removed = await box.k("nrr");
  expect(removed.stdout).toBe("konductor no longer leads to github:braincraftio/konductor\n");
  const again = await box.k("nix:registry:remove");
  expect(again.stdout).toBe("konductor is not in your registry\n");
  expect((await box.k("nrl")).stdout).toContain("flake:other");
});

/** What ssh would reach: the command runs here, with this box's own Nix. It notes the host. */
async function transport(box: NixBox): Promise<void> {
  const path = join(box.bin, "ssh");
  const script = [
    "#!/bin/bash",
    'printf "%s\\n" "$*" >> "$HOME/reached"',
    '[[ "$*" != *away* ]] || { echo "ssh: connect to host away port 22: Connection refused" >&2; exit 255; }',
    "while [[ $# -gt 0 && $1 != nix-daemon ]]; do shift; done",
    "[[ $# -gt 0 ]] || { echo started; exec cat > /dev/null; }",
    'exec "$@"',
  ];
  await Bun.write(path, `${script.join("\n")}\n`);
  chmodSync(path, 0o755);
}

real(name("builders are added, listed, asked over Nix's own protocol, and removed, each with a backup"), async () => {
  await using box = await nixBox();
  await transport(box);
  const machines = join(box.conf, "../machines");
  const none = await box.k("nix:builders");
  expect(none.stdout).toBe("there are no remote builders: `k nix:builders:add URI` adds one\n");
  const add = ["nba", "ssh-ng://build@near", "--system", "x86_64-linux,aarch64-linux", "--builds-at-once", "4"];
  const refused = await box.k(...add);
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("+ssh-ng://build@near x86_64-linux,aarch64-linux - 4 1");
  for (const _ of [1, 2]) {
    expect((await box.k(...add, "--yes")).exitCode).toBe(0);
  }
  expect(await Bun.file(machines).text()).toBe("ssh-ng://build@near x86_64-linux,aarch64-linux - 4 1\n");
  expect((await box.run(["nix", "config", "show", "builders"])).stdout.trim()).toEndWith("machines");
  const checked = await box.k("nbc");
  expect(checked.stderr).toBe("");
  expect(checked.stdout).toMatch(/^ok {3}ssh-ng:\/\/build@near: Nix \d+\.\S+, x86_64-linux aarch64-linux, 4 jobs/);
  expect(await Bun.file(join(box.env["HOME"] ?? "", "reached")).text()).toContain("BatchMode=yes");
  expect((await box.k("nix:builders:add", "ssh-ng://away", "--yes")).exitCode).toBe(0);
  const away = await box.k("nix:builders:check");
  expect(away.exitCode).toBe(1);
  expect(away.stdout).toContain("bad  ssh-ng://away: ");
  expect(away.stdout).toContain("ok   ssh-ng://build@near");
  const doctor = await box.k("nix:doctor", "--json");
  const { checks } = JSON.parse(doctor.stdout) as {
    checks: readonly { name: string; status: string; found: string }[];
  };
  expect(checks.find((check) => check.name === "nix-builders")).toMatchObject({
    status: "bad",
    found: expect.stringMatching(/^ssh-ng:\/\/away: /),
  });
  const typo = await box.k("nbr", "ssh-ng://awy", "--yes");
  expect(typo.exitCode).toBe(2);
  expect(typo.stderr).toContain("did you mean ssh-ng://away?");
  expect((await box.k("nbr", "ssh-ng://away", "--yes")).exitCode).toBe(0);
  expect(await Bun.file(machines).text()).toBe("ssh-ng://build@near x86_64-linux,aarch64-linux - 4 1\n");
  expect(readdirSync(join(machines, "..")).some((file) => file.startsWith("machines.before-k"))).toBe(true);
});

real(name("the project's own builders count once it is trusted, and are not the task's to remove"), async () => {
  await using box = await nixBox({ "konductor.toml": '[nix]\nbuilders = ["ssh-ng://own x86_64-linux"]\n' });
  const untrusted = await box.k("nix:builders");
  expect(untrusted.stdout).toStartWith("there are no remote builders");
  expect((await box.k("trust")).exitCode).toBe(0);
  const listed = await box.k("nix:builders");
  expect(listed.stdout).toBe("ssh-ng://own x86_64-linux - 1 1\n  from konductor.toml\n");
  const removed = await box.k("nbr", "ssh-ng://own", "--yes");
  expect(removed.exitCode).toBe(2);
  expect(removed.stderr).toContain("it comes from konductor.toml");
});

test("a Nix that is too old says what cannot be done with it, and one that is missing how to get it", async () => {
  await using box = await sandbox({ "flake.nix": "{ }", "flake.lock": '{"root":"root","nodes":{"root":{}}}' });
  const old = { PATH: await pathOf(box, ["sh", "git"], { nix: "echo 'nix (Nix) 2.8.0'" }) };
  for (const task of ["nb", "nck", "ns", "nu", "lnf"]) {
    const ran = await box.kWith({ env: old }, task);
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toMatch(/nix: Nix 2\.8\.0 at \S+ cannot do `nix .*: 2\.24 or newer is needed/);
  }
  const none = { PATH: await pathOf(box, ["sh", "git"]) };
  for (const task of ["nb", "ngc", "nif", "nrr", "nbc", "ncp"]) {
    const ran = await box.kWith({ env: none }, task);
    expect(ran.exitCode).toBe(3);
    expect(ran.stderr).toContain("nix: `nix` is not on PATH\nhint: k setup:nix");
  }
});

test("the builders of konductor.toml are handed to Nix with those that it has itself", async () => {
  await using box = await sandbox({
    "flake.nix": "{ }",
    "konductor.toml": '[nix]\nbuilders = ["ssh-ng://own x86_64-linux", "ssh://two"]\n',
  });
  const nix = [
    'case "$*" in',
    "  *--version) echo 'nix (Lix, like Nix) 2.94.0' ;;",
    "  *'config show') echo 'builders = @/etc/nix/machines' ;;",
    '  *build*) printf "%s\\n" "$@" > called; echo "[]" ;;',
    "esac",
  ].join("\n");
  const env = { PATH: `${await pathOf(box, [], { nix })}:${box.env["PATH"]}` };
  expect((await box.kWith({ env }, "trust")).exitCode).toBe(0);
  const ran = await box.kWith({ env }, "nb", "hello", "--keep-going", "--", "--offline");
  expect(ran.stderr).toBe("");
  expect((await box.read("called")).split("\n")).toEqual([
    "--extra-experimental-features",
    "nix-command flakes",
    "build",
    ".#hello",
    "--json",
    "--out-link",
    join(box.root, "result-hello"),
    "--keep-going",
    "--builders",
    "ssh-ng://own x86_64-linux ; ssh://two ; @/etc/nix/machines",
    "--offline",
    "--log-format",
    "internal-json",
    "",
  ]);
});

test("Lix is asked by the words that it has, older ones among them", async () => {
  await using box = await sandbox();
  const nix = [
    'case "$*" in',
    "  *--version) echo 'nix (Lix, like Nix) 2.94.0' ;;",
    "  *'config show') echo \"error: 'show' is not a recognised command\" >&2; exit 1 ;;",
    "  *show-config) printf '%s\\n' 'builders = ' 'system = x86_64-linux' 'max-jobs = 4' 'cores = 0' ;;",
    '  *\'store ping --json\') echo \'{"url":"daemon","version":"2.94.0","trusted":false}\' ;;',
    "  *storeDir) printf /nix/store ;;",
    '  *) echo "$* ?" >&2; exit 9 ;;',
    "esac",
  ].join("\n");
  const env = { PATH: `${await pathOf(box, [], { nix })}:${box.env["PATH"]}` };
  const ran = await box.kWith({ env }, "nif");
  expect(ran.stderr).toBe("");
  expect(ran.stdout).toMatch(/^nix +Lix 2\.94\.0 at /m);
  expect(ran.stdout).toContain("store     /nix/store, daemon, you are not among its trusted users\n");
  expect(ran.stdout).toContain("jobs      4 at once, all cores each\n");
});
