import { tail } from "./explain.ts";
import { JsonStream } from "./json-stream.ts";
import type { DockerWorld } from "./world.ts";

/** How many of a step's last lines are shown where it fails. */
const keptLines = 20;

/** What BuildKit says of a step (its `client.Vertex` in JSON). */
interface Step {
  name: string;
  readonly lines: string[];
  started: boolean;
  completed: boolean;
  error: string | undefined;
}

/** Reads what `buildx --progress rawjson` prints: steps to the task's row and log, the rest for the end. */
export class BuildProgress {
  readonly #steps = new Map<string, Step>();
  readonly #words: string[] = [];
  readonly #stream: JsonStream;
  readonly #world: Pick<DockerWorld, "say" | "stage">;

  constructor(world: Pick<DockerWorld, "say" | "stage">) {
    this.#world = world;
    this.#stream = new JsonStream(
      (value) => this.#status(value),
      (text) => void this.#words.push(text)
    );
  }

  write(text: string): void {
    this.#stream.write(text);
  }

  end(): void {
    this.#stream.end();
  }

  /** The step that failed and its last lines, and what buildx said at its end. */
  failure(): { readonly step: string | undefined; readonly said: string; readonly detail: string } {
    const said = this.#words.join("\n");
    const step = [...this.#steps.values()].find(({ error }) => error !== undefined && !/canceled/i.test(error));
    const lines = step === undefined ? "" : tail(step.lines.join(""), keptLines);
    const detail = [lines, tail(said, keptLines)].filter((part) => part !== "").join("\n");
    return { step: step?.name, said: [step?.error ?? "", said].join("\n"), detail };
  }

  #status(value: unknown): void {
    const status = value as { readonly vertexes?: unknown; readonly logs?: unknown };
    for (const vertex of listOf(status.vertexes)) {
      this.#vertex(vertex);
    }
    for (const log of listOf(status.logs)) {
      const text = Buffer.from(textOf(log["data"]), "base64").toString();
      this.#step(textOf(log["vertex"])).lines.push(text);
    }
  }

  #vertex(vertex: Readonly<Record<string, unknown>>): void {
    const step = this.#step(textOf(vertex["digest"]));
    step.name = textOf(vertex["name"]) || step.name;
    if (typeof vertex["error"] === "string" && vertex["error"] !== "") {
      step.error = vertex["error"];
    }
    if (vertex["started"] !== undefined && !step.started) {
      step.started = true;
      this.#tell(step.name);
    }
    if (vertex["completed"] !== undefined && !step.completed && step.error === undefined) {
      step.completed = true;
      this.#world.say(`${step.name}${vertex["cached"] === true ? " (cached)" : ""}`);
      this.#tell(undefined);
    }
  }

  #tell(name: string | undefined): void {
    const steps = [...this.#steps.values()];
    const running = name ?? steps.find(({ started, completed }) => started && !completed)?.name;
    const done = steps.filter(({ completed }) => completed).length;
    this.#world.stage({ text: running ?? "", done, total: steps.length });
  }

  #step(digest: string): Step {
    const known = this.#steps.get(digest);
    const step = known ?? { name: digest, lines: [], started: false, completed: false, error: undefined };
    this.#steps.set(digest, step);
    return step;
  }
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as Readonly<Record<string, unknown>>[]) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
