import { run } from "dockerfilelint";
import type { Severity } from "../../core/finding.ts";
import type { ModuleFile, ToolFinding, ToolModule } from "../../core/tool.ts";

const severities: Readonly<Record<string, Severity>> = {
  "Possible Bug": "warning",
  Deprecation: "warning",
  Clarity: "info",
  Optimization: "info",
};

function check({ path, text }: ModuleFile): readonly ToolFinding[] {
  const lines = withoutHeredocs(text).split("\n");
  const stages = stageNames(lines);
  // The first argument is where a project's `.dockerfilelintrc` would be looked for.
  const items = run("/dev/null", lines.join("\n"));
  const findings = items
    .filter((item) => item.rule !== "missing_tag" || !needsNoTag(lines[item.line - 1] ?? "", stages))
    .map(({ rule, category, line, title }): ToolFinding => {
      return { path, rule, severity: severities[category ?? ""] ?? "warning", line, column: 1, message: title };
    });
  // The same thing said twice of one line is one finding.
  return findings.filter(
    (finding, at) => findings.findIndex((other) => other.rule === finding.rule && other.line === finding.line) === at
  );
}

/** Lines of a here-document are no instructions, which dockerfilelint (older than they are) does not know. */
function withoutHeredocs(text: string): string {
  const open: string[] = [];
  return text
    .split("\n")
    .map((line) => {
      const end = open[0];
      if (end === undefined) {
        if (/^\s*(RUN|COPY|ADD)\s/i.test(line)) {
          open.push(...heredocEnds(line));
        }
        return line;
      }
      if (line.trim() === end) {
        open.shift();
      }
      return "";
    })
    .join("\n");
}

function heredocEnds(line: string): readonly string[] {
  return [...line.matchAll(/(?<!<)<<-?(["']?)([A-Za-z_]\w*)\1/g)].map((match) => match[2] ?? "");
}

function stageNames(lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => /^\s*FROM\s.*\sAS\s+(\S+)\s*$/i.exec(line)?.[1]?.toLowerCase() ?? []));
}

/** An earlier stage, the empty image, and what an argument holds have no tag to be missing. */
function needsNoTag(line: string, stages: ReadonlySet<string>): boolean {
  const image = /^\s*FROM\s+(?:--\S+\s+)*(\S+)/i.exec(line)?.[1] ?? "";
  return image === "scratch" || image.includes("$") || image.includes("@") || stages.has(image.toLowerCase());
}

export default { check } satisfies ToolModule;
