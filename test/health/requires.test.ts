import { expect, test } from "bun:test";
import { projectWithTasks } from "../support/sandbox.ts";
import { pathOf } from "./machine-path.ts";
import { doctor } from "./report.ts";

/** A task that requires these, and would say that it ran. */
function needing(...requires: readonly string[]): string {
  return [
    'import { defineTask } from "konductor";',
    `export default defineTask({ summary: "Build", requires: ${JSON.stringify(requires)}, run: ({ print }) => print("it ran\\n") });`,
    "",
  ].join("\n");
}

test("a task whose check is bad does not start, and says what doctor says", async () => {
  await using box = await projectWithTasks({ "tasks/image.ts": needing("nix", "qemu") });
  const PATH = await pathOf(box, ["git"]);
  const ran = await box.kWith({ env: { PATH } }, "image");
  const report = await doctor(box, { PATH });
  expect(ran.exitCode).toBe(3);
  expect(ran.stdout).not.toContain("it ran");
  for (const name of ["nix", "qemu"]) {
    const { found, mend } = report.check(name);
    expect(ran.stdout + ran.stderr).toContain(`${name}: ${found}`);
    expect(ran.stdout + ran.stderr).toContain(mend?.command ?? "no mend");
  }
});

test("a check that is only weak, or of a tool that is there, keeps no task from running", async () => {
  const nix = "echo nix \\(Nix\\) 2.8.0";
  await using box = await projectWithTasks({ "tasks/image.ts": needing("nix", "git", "sh", "biome") });
  const PATH = await pathOf(box, ["sh", "git"], { nix });
  const ran = await box.kWith({ env: { PATH } }, "image");
  expect(ran.stdout).toContain("it ran");
  expect(ran.exitCode).toBe(0);
});

test("a tool of the table and any other program are named with what brings them", async () => {
  await using box = await projectWithTasks({ "tasks/image.ts": needing("statix", "no-such-program") });
  const ran = await box.kWith({ env: { PATH: await pathOf(box, ["git"]) } }, "image");
  expect(ran.exitCode).toBe(3);
  const said = ran.stdout + ran.stderr;
  expect(said).toContain("`statix` is not to be found");
  expect(said).toContain("nix profile install nixpkgs#statix");
  expect(said).toContain("`no-such-program` is not to be found");
});

test("what a program of two tasks is, is asked once", async () => {
  await using box = await projectWithTasks({
    "tasks/one.ts": needing("nix"),
    "tasks/two.ts": needing("nix"),
  });
  const nix = `echo called >> "${box.root}/calls"; echo nix \\(Nix\\) 2.28.3`;
  const ran = await box.kWith({ env: { PATH: await pathOf(box, ["sh", "git"], { nix }) } }, "one", "two");
  expect(ran.exitCode).toBe(0);
  expect(await box.read("calls")).toBe("called\n");
});
