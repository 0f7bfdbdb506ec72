import type { AboutQuestion } from "../core/services.ts";
import { ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import type { Spawner } from "../host/process/spawner.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";
import { version } from "./version.ts";

/** Answers a question about `k` itself as text, ready to print. */
export async function answerAbout(question: AboutQuestion, opened: Opened, io: Io, spawner: Spawner): Promise<string> {
  const width = Math.min(io.columns(), 110);
  switch (question.kind) {
    case "help":
      return help(question.task, opened, width);
    case "list": {
      const { listJson, listText } = await import("./list.ts");
      const tasks = opened.catalog.all().filter(({ definition }) => question.all || definition.hidden !== true);
      return question.json ? listJson(tasks, opened.catalog) : listText(tasks, width);
    }
    case "tools": {
      const { toolsJson, toolsText, toolRows } = await import("./tool-rows.ts");
      const rows = await toolRows(opened, io, spawner);
      return question.json ? toolsJson(rows) : toolsText(rows, { home: opened.home, root: opened.project.root });
    }
    case "config": {
      const { configJson, showConfig } = await import("../config/show.ts");
      return question.json
        ? configJson(opened.config, opened.origins)
        : showConfig(opened.config, opened.origins, { origin: question.origin });
    }
    case "schema": {
      const { schemaText } = await import("./generated.ts");
      return schemaText();
    }
    case "version":
      return `k ${version}\nbun ${Bun.version}\n${process.platform}-${process.arch}\nhome ${opened.home}\n`;
  }
}

async function help(word: string | undefined, { catalog }: Opened, width: number): Promise<string> {
  const { overview, taskHelp } = await import("./help.ts");
  if (word === undefined) {
    return overview(catalog.all(), version, width);
  }
  const task = catalog.resolve(word);
  if (task !== undefined) {
    return taskHelp(task, width);
  }
  const near = nearest(word, catalog.words());
  throw new ProblemError({ kind: "unknown-task", word, ...(near === undefined ? {} : { nearest: near }) });
}
