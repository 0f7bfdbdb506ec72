import type { RunEvent } from "../../core/event.ts";
import type { ExitCode } from "../../core/exit-code.ts";
import { RunRecord } from "../../render/record.ts";
import { LogTail } from "./log-tail.ts";
import { reportData } from "./report-data.ts";
import { reportPage } from "./report-page.ts";

/** What a page says of a run beside what happened in it. */
export interface ReportAbout {
  /** With `k` in front. */
  readonly command: readonly string[];
  readonly project: string;
  /** Of `k`. */
  readonly version: string;
  readonly began: Date;
  readonly head: { readonly branch?: string; readonly commit?: string };
  /** A file's text by its path from the project's root. */
  readonly readSource: (path: string) => string | undefined;
}

/** Listens to a run and makes one page of it. */
export class ReportWriter {
  readonly #about: ReportAbout;
  readonly #record = new RunRecord();
  readonly #logs = new Map<string, LogTail>();
  #exitCode: ExitCode | undefined;

  constructor(about: ReportAbout) {
    this.#about = about;
  }

  handle(event: RunEvent): void {
    switch (event.type) {
      case "task-output": {
        const log = this.#logs.get(event.id) ?? new LogTail();
        this.#logs.set(event.id, log);
        log.add(event.text);
        return;
      }
      case "run-finished":
        this.#exitCode = event.exitCode;
        break;
      default:
        break;
    }
    this.#record.apply(event);
  }

  /** The page, when the run is over. */
  text(): string {
    const data = reportData(this.#record, this.#logs, this.#about.readSource);
    return reportPage({ ...this.#about, exitCode: this.#exitCode }, data);
  }
}
