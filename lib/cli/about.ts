import { existsSync } from "node:fs";
import type { AboutQuestion } from "../core/services.ts";
import { built } from "../host/built/facts.ts";
import type { Spawner } from "../host/process/spawner.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";
import { helpOf, helpWidth } from "./show-help.ts";
import { version } from "./version.ts";

/** Answers a question about `k` itself as text, ready to print. */
export async function answerAbout(question: AboutQuestion, opened: Opened, io: Io, spawner: Spawner): Promise<string> {
  switch (question.kind) {
    case "help":
      return helpOf(question.tasks, opened, io);
    case "list": {
      const { listJson, listText } = await import("./list.ts");
      const tasks = opened.catalog.all().filter(({ definition }) => question.all || definition.hidden !== true);
      return question.json ? listJson(tasks, opened.catalog) : listText(tasks, helpWidth(io));
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
      return `k ${version}\nbun ${Bun.version}\n${process.platform}-${process.arch}\nhome ${opened.home}\n${await runsFrom(opened.home)}\n`;
  }
}

/** Nothing else tells a user that the binary is no longer the one that runs. */
async function runsFrom(home: string): Promise<string> {
  if (built !== undefined) {
    return `runs from the binary ${process.execPath}`;
  }
  const { launcherPlace } = await import("../build/place.ts");
  return existsSync(launcherPlace(home))
    ? "runs from its source; `k build` makes the binary of it anew"
    : "runs from its source; `k build` makes a binary of it, which starts faster";
}
