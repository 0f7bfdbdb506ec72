import { expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { nixBox, noNix, scriptFlake, thisSystem } from "../support/real-nix.ts";

// A real Nix, maybe on a busy machine.
setDefaultTimeout(60_000);
const real = test.skipIf(noNix !== undefined);
const name = (words: string): string => (noNix === undefined ? words : `${words} (skipped: ${noNix})`);

const shop = scriptFlake({
  hello: "echo compiling; echo hello > $out",
  late: "echo ${hello}; echo late > $out",
  bad: "echo one; echo two; echo 'bad.c:3: no such thing' >&2; exit 3",
  needsBad: "echo ${bad} > $out",
});

real(name("each output gets a link of its own, and a second build is there at once"), async () => {
  await using box = await nixBox({ "flake.nix": shop });
  const ran = await box.k("nb", "hello", "late");
  expect(ran.stderr).toBe("");
  expect(ran.exitCode).toBe(0);
  expect(ran.stdout).toContain("hello-1.0: result-hello; late-1.0: result-late");
  expect(readlinkSync(join(box.root, "result-hello"))).toStartWith(`${box.store}/`);
  expect(await Bun.file(join(box.root, "result-late")).text()).toBe("late\n");
  expect(existsSync(join(box.root, "result"))).toBe(false);
  const again = await box.k("nix:build", `packages.${thisSystem}.hello`, "--out-link", "mine", "--verbose");
  expect(again.stdout).toContain("hello-1.0: mine");
  expect(again.stdout).not.toContain("built hello");
  expect(await Bun.file(join(box.root, "mine")).text()).toBe("hello\n");
});

real(name("two names of one derivation, one name twice and several outputs of one are each linked"), async () => {
  const more = `
    packages.${thisSystem} = packages.${thisSystem} // {
      same = packages.${thisSystem}.hello;
      two = derivation {
        name = "two-1.0";
        system = "${thisSystem}";
        builder = "/bin/sh";
        outputs = [ "out" "dev" ];
        args = [ "-c" "echo out > $out; echo dev > $dev" ];
      };
    };`;
  const flake = scriptFlake({ hello: "echo hello > $out" }, { more }).replace("inherit packages;", "");
  await using box = await nixBox({ "flake.nix": flake });
  const ran = await box.k("nb", "hello", "same", "two^*", "hello");
  expect(ran.stderr).toBe("");
  const text = (path: string): Promise<string> => Bun.file(join(box.root, path)).text();
  expect(await Promise.all(["result-hello", "result-same", "result-two", "result-two-dev"].map(text))).toEqual([
    "hello\n",
    "hello\n",
    "out\n",
    "dev\n",
  ]);
});

real(name("the build goes on as events: what is built, and how many of how many"), async () => {
  await using box = await nixBox({ "flake.nix": shop });
  const ran = await box.k("--reporter", "json", "nix:build", "late", "--no-link", "--logs");
  const events = ran.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string; text?: string; done?: number; total?: number });
  const steps = events.filter(({ type }) => type === "task-progress");
  expect(steps.some(({ text }) => text?.includes("building hello-1.0"))).toBe(true);
  expect(steps).toContainEqual(expect.objectContaining({ done: 2, total: 2 }));
  const log = events.flatMap(({ type, text }) => (type === "task-output" ? [text ?? ""] : [])).join("");
  expect(log).toContain("hello-1.0> compiling\n");
  expect(log).toMatch(/built late-1\.0 \(\d+\.\d s\)/);
  expect(existsSync(join(box.root, "result-late"))).toBe(false);
});

real(
  name("of a build that fails its last lines and its log are told, and what rests on it is not blamed"),
  async () => {
    await using box = await nixBox({ "flake.nix": shop });
    const ran = await box.k("nb", "needsBad");
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain("`.#needsBad` is not built: bad-1.0 failed");
    expect(ran.stderr).toMatch(/bad-1\.0:\n +one\n +two\n +bad\.c:3: no such thing\n/);
    expect(ran.stderr).toMatch(/hint: nix log \S+-bad-1\.0\.drv/);
  }
);

real(name("an output that there is not, and one that cannot be a name, are told"), async () => {
  await using box = await nixBox({ "flake.nix": shop });
  const typo = await box.k("nb", "helo");
  expect(typo.exitCode).toBe(1);
  expect(typo.stderr).toContain("Did you mean hello?");
  const odd = await box.k("nb", "a b");
  expect(odd.exitCode).toBe(2);
  expect(odd.stderr).toContain("`a b` is no name of an output");
  const both = await box.k("nb", "hello", "late", "--out-link", "x");
  expect(both.exitCode).toBe(2);
});

real(name("a file that git does not know, and a project without a flake, are told with what to do"), async () => {
  await using box = await nixBox({ "README.md": "# x\n" });
  const none = await box.k("nb");
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain(`there is no flake.nix in ${box.root}`);
  await box.write({ "flake.nix": shop });
  const untracked = await box.k("nb");
  expect(untracked.exitCode).toBe(1);
  expect(untracked.stderr).toContain("`git add` them first");
});

const twoSystems = { systems: ["x86_64-linux", "aarch64-linux"] };

real(name("a check evaluates all systems and builds nothing; --build builds the checks of this one"), async () => {
  const flake = scriptFlake(
    { hello: "echo hello > $out" },
    { ...twoSystems, more: 'checks = each (system: { bad = make system "check-1.0" "echo no; exit 1"; });' }
  );
  await using box = await nixBox({ "flake.nix": flake });
  const passed = await box.k("nck");
  expect(passed.stderr).toBe("");
  expect(passed.exitCode).toBe(0);
  const built = await box.k("nck", "--build");
  expect(built.exitCode).toBe(1);
  expect(built.stderr).toContain("check-1.0");
  const other = flake
    .replace('"echo hello > $out"', "")
    .replace(
      "packages = each (system:",
      'packages = each (system: if system == "aarch64-linux" then throw "nothing for arm" else'
    );
  await box.write({ "flake.nix": other });
  const failed = await box.k("lint:nix:flake");
  expect(failed.exitCode).toBe(1);
  expect(failed.stderr).toContain("nothing for arm");
  expect(existsSync(join(box.root, "flake.lock"))).toBe(false);
});

real(name("outputs are listed with the systems that have them, as text and as JSON"), async () => {
  const more = "devShells.x86_64-linux.default = packages.x86_64-linux.hello;";
  await using box = await nixBox({ "flake.nix": scriptFlake({ hello: "echo > $out" }, { ...twoSystems, more }) });
  const text = await box.k("ns");
  expect(text.stdout).toContain("systems: aarch64-linux, x86_64-linux\n");
  expect(text.stdout).toMatch(/^devShells\.default +x86_64-linux +hello-1\.0$/m);
  expect(text.stdout).toMatch(/^packages\.hello +all +hello-1\.0$/m);
  expect(text.stderr).toBe("");
  const json = JSON.parse((await box.k("nix:show", "--json")).stdout) as { outputs: { packages: object } };
  expect(Object.keys(json.outputs.packages)).toEqual(["aarch64-linux", "x86_64-linux"]);
});

real(name("the image of the virtual machine is an output like any other, with its progress"), async () => {
  const qcow2 = "PATH=/usr/bin:/bin; mkdir $out; echo image > $out/nixos.qcow2";
  await using box = await nixBox({ "flake.nix": scriptFlake({ qcow2 }) });
  const ran = await box.k("nq");
  expect(ran.stderr).toBe("");
  expect(ran.stdout).toMatch(/passed \(\S+-qcow2-1\.0\/nixos\.qcow2, /);
  expect(await Bun.file(join(box.root, "result-qcow2/nixos.qcow2")).text()).toBe("image\n");
});
