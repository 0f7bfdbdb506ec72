import type { GraphServices } from "../core/services.ts";
import { ProblemError } from "../core/problem.ts";
import { either, nearestNames } from "../core/suggest.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.graph`. */
export function graphServices({ opened }: Wiring): GraphServices {
  const { catalog, project, cwd } = opened;
  return {
    async text(call) {
      const { graphOf } = await import("../graph/graph.ts");
      const asked = call.tasks.map((word): TaskId => {
        const task = catalog.resolve(word);
        if (task === undefined) {
          const near = either(nearestNames(word, catalog.ids(), catalog.words()));
          throw new ProblemError({ kind: "unknown-task", word, ...(near === undefined ? {} : { nearest: near }) });
        }
        return task.id;
      });
      const graph = graphOf(catalog, asked, call.all);
      switch (call.as) {
        case "text":
          return (await import("../graph/text.ts")).graphText(graph, call.locks);
        case "json":
          return (await import("../graph/formats.ts")).graphJson(graph);
        case "dot":
          return (await import("../graph/formats.ts")).graphDot(graph);
        case "mermaid":
          return (await import("../graph/formats.ts")).graphMermaid(graph);
        case "html": {
          const [{ graphHtml }, { basename }] = await Promise.all([import("../graph/html.ts"), import("node:path")]);
          return graphHtml(graph, `Tasks of ${basename(project.root)}`);
        }
      }
    },
    async write(path, text) {
      const { openOutputFile } = await import("./output-file.ts");
      await (await openOutputFile(path, cwd)).write(text);
    },
  };
}
