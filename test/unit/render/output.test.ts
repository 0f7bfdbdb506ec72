import { expect, test } from "bun:test";
import type { RunEvent } from "../../../lib/core/event.ts";
import { createRenderer, type RenderOptions, type ReporterKind } from "../../../lib/render/index.ts";
import { partialDelay } from "../../../lib/render/stream.ts";
import { exited, passed, random, recorder, renderOptions, row, say, until } from "./recorder.ts";

interface Script {
  readonly events: readonly RunEvent[];
  /** Whole outputs by task; tasks with an even number failed. */
  readonly texts: ReadonlyMap<string, string>;
}

const pieces = ["word ", "\n", "\n\n", "\t", "日本語", "👩‍👩‍👧", "\r\n", "--- ", "::error::", "%0A", "| ", "\u00e9"];

/** Tasks that print at random, their chunks cut and mixed at random. */
function script(seed: number): Script {
  const next = random(seed);
  const pick = (below: number): number => Math.floor(next() * below);
  const names = Array.from({ length: 2 + pick(5) }, (_, index) => `task-${index}`);
  const texts = new Map(
    names.map((name) => {
      const words = Array.from({ length: pick(60) }, (_, index) => `${pieces[pick(pieces.length)]}<${name}.${index}>`);
      return [name, words.join("")];
    })
  );
  const rests = new Map([...texts].map(([name, text]) => [name, [...text]]));
  const events: RunEvent[] = [say.run(names.map((name) => row(name))), ...names.map((name) => say.start(name))];
  while (rests.size > 0) {
    const name = [...rests.keys()][pick(rests.size)] ?? "";
    const rest = rests.get(name) ?? [];
    if (rest.length > 0) {
      events.push(say.output(name, rest.splice(0, 1 + pick(40)).join("")));
    } else {
      rests.delete(name);
      events.push(say.finish(name, isFailing(name) ? exited(name, 1) : passed));
    }
  }
  return { events, texts };
}

const isFailing = (name: string): boolean => Number(name.at(-1)) % 2 === 0;

async function shown(
  kind: ReporterKind,
  events: readonly RunEvent[],
  given: Partial<RenderOptions> = {}
): Promise<string> {
  const screen = recorder({ live: kind === "listr" });
  const renderer = await createRenderer(kind, screen.terminal, renderOptions(given));
  for (const event of events) {
    renderer.handle(event);
  }
  await renderer.finish();
  return screen.out();
}

/** How often a text stands in another. */
const times = (text: string, part: string): number => text.split(part).length - 1;

const withEnd = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);

const seeds = Array.from({ length: 150 }, (_, index) => index + 1);

test.each(["plain", "listr"] as const)(
  "%s shows every byte of a failed task once, in order, and none of a passed one",
  async (kind) => {
    for (const seed of seeds) {
      const { events, texts } = script(seed);
      const out = await shown(kind, events);
      for (const [name, text] of texts) {
        const block = `--- output of ${name} ---\n${withEnd(text)}--- end of ${name} ---\n`;
        const isThere = isFailing(name) && text !== "";
        expect([seed, name, times(out, block)]).toEqual([seed, name, isThere ? 1 : 0]);
        expect([seed, name, times(out, `<${name}.`)]).toEqual([seed, name, isThere ? times(text, `<${name}.`) : 0]);
      }
    }
  }
);

test("github shows every byte of every task once, in its group", async () => {
  for (const seed of seeds) {
    const { events, texts } = script(seed);
    const out = await shown("github", events);
    for (const [name, text] of texts) {
      if (text === "") {
        continue;
      }
      const group = new RegExp(
        `^::group::${name}: .*\n::stop-commands::(.+)\n([^]*?)::\\1::\n::endgroup::\n`,
        "m"
      ).exec(out);
      expect([seed, name, group?.[2]]).toEqual([seed, name, withEnd(text)]);
      expect([seed, name, times(out, `<${name}.`)]).toEqual([seed, name, times(text, `<${name}.`)]);
    }
  }
});

test("verbose shows every line of every task once, in order, with its name, and no line twice", async () => {
  for (const seed of seeds) {
    const { events, texts } = script(seed);
    const out = await shown("plain", events, { verbose: true });
    for (const [name, text] of texts) {
      const own = out
        .split("\n")
        .filter((line) => line.startsWith(`${name} | `))
        .map((line) => line.slice(name.length + 3));
      const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
      if (lines.at(-1) === "") {
        lines.pop();
      }
      expect([seed, name, own]).toEqual([seed, name, lines]);
    }
  }
});

test("a prompt without a newline is shown within 200 ms, and other tasks write on lines of their own", async () => {
  expect(partialDelay).toBeLessThanOrEqual(200);
  const screen = recorder();
  const renderer = await createRenderer("plain", screen.terminal, renderOptions({ verbose: true }));
  const tell = (name: string, text: string): void => renderer.handle(say.output(name, text));
  tell("a", "your name? ");
  await until(() => screen.out() === "a | your name? ", "the prompt");
  tell("a", "bob\nnext");
  tell("b", "hello\n");
  await until(() => screen.out().endsWith("next"), "the start of a line");
  tell("b", "again\n");
  tell("a", " end\n");
  await renderer.finish();
  expect(screen.out()).toBe(
    ["a | your name? bob", "b | hello", "a | next", "b | again", "a |  end", "", "nothing to do in 0 ms", ""].join("\n")
  );
});

test("an escape sequence cut in two is not shown in halves", async () => {
  const screen = recorder({ colour: true });
  const renderer = await createRenderer("plain", screen.terminal, renderOptions({ verbose: true }));
  renderer.handle(say.output("a", "x\x1b[3"));
  await until(() => screen.out().endsWith("x"), "the first half");
  renderer.handle(say.output("a", "1mred\n"));
  expect(screen.out()).toEndWith("x\x1b[31mred\x1b[0m\n");
  await renderer.finish();
});

const returns: readonly (readonly [string, boolean, string])[] = [
  ["a terminal goes back to the start of the line, behind the name", true, "a | 10%\ra | 50%\ra | 100%\n"],
  ["a pipe gets the bytes", false, "a | 10%\r50%\r100%\n"],
];

test.each(returns)("progress with carriage returns: %s", async (_, live, line) => {
  const screen = recorder({ live });
  const renderer = await createRenderer("plain", screen.terminal, renderOptions({ verbose: true }));
  renderer.handle(say.output("a", "10%\r50%"));
  renderer.handle(say.output("a", "\r100%\n"));
  expect(screen.out()).toBe(line);
  await renderer.finish();
});

test("what a task prints for other programs stands on lines of its own", async () => {
  const screen = recorder();
  const renderer = await createRenderer("plain", screen.terminal, renderOptions({ verbose: true }));
  renderer.handle(say.output("a", "working"));
  await until(() => screen.out() === "a | working", "the start of a line");
  renderer.print('{"version":1}\n');
  expect(screen.out()).toBe('a | working\n{"version":1}\n');
  await renderer.finish();
});
