import { expect, test } from "bun:test";
import { BuildProgress } from "../../../lib/docker/build-progress.ts";

interface Told {
  readonly lines: string[];
  readonly steps: { text: string; done?: number; total?: number }[];
  readonly progress: BuildProgress;
}

function begin(): Told {
  const lines: string[] = [];
  const steps: Told["steps"] = [];
  const progress = new BuildProgress({ say: (line) => void lines.push(line), stage: (step) => void steps.push(step) });
  return { lines, steps, progress };
}

const write = (progress: BuildProgress, value: unknown): void => progress.write(`${JSON.stringify(value)}\n`);
const log = (vertex: string, text: string) => ({
  logs: [{ vertex, stream: 1, data: Buffer.from(text).toString("base64") }],
});

test("steps are told when they start, and again when they are done", () => {
  const { lines, steps, progress } = begin();
  write(progress, {
    vertexes: [
      { digest: "a", name: "[1/2] COPY x" },
      { digest: "b", name: "[2/2] RUN y" },
    ],
  });
  write(progress, { vertexes: [{ digest: "a", name: "[1/2] COPY x", started: "t" }] });
  write(progress, { vertexes: [{ digest: "a", name: "[1/2] COPY x", started: "t", completed: "t", cached: true }] });
  write(progress, { vertexes: [{ digest: "b", name: "[2/2] RUN y", started: "t" }] });
  expect(lines).toEqual(["[1/2] COPY x (cached)"]);
  expect(steps.at(0)).toEqual({ text: "[1/2] COPY x", done: 0, total: 2 });
  expect(steps.at(-1)).toEqual({ text: "[2/2] RUN y", done: 1, total: 2 });
});

test("of a failure there are the step that caused it, its last 20 lines, and what buildx said last", () => {
  const { progress } = begin();
  write(progress, {
    vertexes: [
      { digest: "c", name: "[other] RUN z", started: "t", completed: "t", error: "context canceled: context canceled" },
    ],
  });
  write(progress, { vertexes: [{ digest: "b", name: "RUN y", started: "t" }] });
  for (let line = 1; line <= 30; line += 1) {
    write(progress, log("b", `line ${line}\n`));
  }
  write(progress, { vertexes: [{ digest: "b", name: "RUN y", started: "t", completed: "t", error: "exit code: 3" }] });
  progress.write("ERROR: failed to solve: exit code: 3\n");
  progress.end();
  const { step, said, detail } = progress.failure();
  expect(step).toBe("RUN y");
  expect(said).toContain("failed to solve");
  expect(detail.split("\n")).toEqual([
    ...Array.from({ length: 20 }, (_, at) => `line ${at + 11}`),
    "ERROR: failed to solve: exit code: 3",
  ]);
});

test("what is not as expected is passed over", () => {
  const { progress, lines } = begin();
  for (const value of [{}, { vertexes: "x" }, { vertexes: [{}] }, { logs: [{ data: 7 }] }]) {
    write(progress, value);
  }
  progress.end();
  expect(lines).toEqual([]);
  expect(progress.failure().step).toBeUndefined();
});
