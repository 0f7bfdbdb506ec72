import { expect, test } from "bun:test";
import type { RunEvent } from "../../../lib/core/event.ts";
import type { ReporterName } from "../../../lib/core/reporter.ts";
import {
  createRenderer,
  findingFormats,
  pickReporter,
  reporters,
  type RenderOptions,
  type ReporterKind,
} from "../../../lib/render/index.ts";
import { exited, finding, id, passed, recorder, renderOptions, row, say } from "./recorder.ts";

const picks: readonly (readonly [ReporterName, boolean, boolean, ReporterKind])[] = [
  ["auto", true, false, "listr"],
  ["auto", false, false, "plain"],
  ["auto", false, true, "github"],
  ["auto", true, true, "github"],
  ["listr", true, false, "listr"],
  ["listr", false, false, "plain"],
  ["plain", true, true, "plain"],
  ["json", true, true, "json"],
  ["github", true, false, "github"],
];

test.each(picks)("%s, live %p, in GitHub Actions %p: %s", (wanted, live, githubActions, kind) => {
  expect(pickReporter(wanted, { live, githubActions })).toBe(kind);
});

const events: readonly RunEvent[] = [
  say.run([row("lint"), row("test", { needs: [id("lint")] })]),
  say.start("lint"),
  say.output("lint", "raw"),
  say.finding("lint", finding()),
  say.finish("lint", exited("lint", 1), 300, 300),
  say.finish("test", passed, 0, 300),
  say.end(400),
];

async function play(kind: ReporterKind, given: Partial<RenderOptions>): Promise<{ out: string; err: string }> {
  const screen = recorder({ live: kind === "listr" });
  const renderer = await createRenderer(kind, screen.terminal, renderOptions(given));
  for (const event of events) {
    renderer.handle(event);
  }
  await renderer.finish();
  return { out: screen.out(), err: screen.err() };
}

const kinds = reporters.filter((name) => name !== "auto");

for (const kind of kinds) {
  test(`${kind}: a document has stdout to itself, and the reporter goes on on stderr`, async () => {
    const { out, err } = await play(kind, { format: "sarif", tools: () => [{ name: "ruff" }] });
    const log = JSON.parse(out) as { runs: { tool: { driver: { name: string } } }[] };
    expect(log.runs.map((run) => run.tool.driver.name)).toEqual(["ruff", "shellcheck"]);
    expect(err).toContain("lint");
    expect(err).toContain("error: `lint` exited with 1");
    expect(err).not.toContain("::warning");
  });
}

test("each format of findings is a document on stdout but pretty", async () => {
  for (const format of findingFormats) {
    const { out } = await play("plain", { format });
    expect([format, out.includes("lint: failed")]).toEqual([format, format === "pretty"]);
  }
});

test("a task's own words for other programs stay on stdout beside a document", async () => {
  const screen = recorder();
  const renderer = await createRenderer("plain", screen.terminal, renderOptions({ format: "github" }));
  renderer.print("words\n");
  await renderer.finish();
  expect(screen.out()).toBe("words\n");
});

test("timings: the longest first, what waited for a place, and the path that the end waited for", async () => {
  const screen = recorder();
  const renderer = await createRenderer("plain", screen.terminal, renderOptions({ timings: true }));
  for (const event of [
    say.run([
      row("build"),
      row("lint"),
      row("test", { needs: [id("build")] }),
      row("all", { group: true, needs: [id("test"), id("lint")] }),
      row("skip"),
    ]),
    say.start("build", 100),
    say.start("lint", 0),
    say.finish("skip", { status: "skipped", reason: { kind: "nothing-to-do", why: "" } }, 0, 10),
    say.finish("lint", passed, 900, 900),
    say.finish("build", passed, 2000, 2100),
    say.start("test", 2600),
    say.finish("test", passed, 1500, 4100),
    say.finish("all", passed, 0, 4100),
    say.end(4200),
  ]) {
    renderer.handle(event);
  }
  await renderer.finish();
  const table = screen.out().split("\n\n").at(-1);
  expect(table).toBe(
    [
      "   task    took  waited",
      "*  build  2.0 s   0.1 s",
      "*  test   1.5 s   0.5 s",
      "   lint   0.9 s    0 ms",
      "* critical path: build -> test, 3.5 s of 4.2 s",
      "",
    ].join("\n")
  );
});

test("a thousand tasks and a hundred thousand chunks are no burden to any reporter", async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `task-${index}`);
  for (const kind of kinds) {
    const screen = recorder({ live: true });
    const renderer = await createRenderer(kind, screen.terminal, renderOptions());
    const begin = performance.now();
    renderer.handle(say.run(names.map((name) => row(name))));
    for (const name of names) {
      renderer.handle(say.start(name));
      for (let chunk = 0; chunk < 100; chunk += 1) {
        renderer.handle(say.output(name, "some words of output\n"));
      }
      renderer.handle(say.finish(name, passed));
    }
    await renderer.finish();
    expect([kind, performance.now() - begin < 5000]).toEqual([kind, true]);
  }
});
