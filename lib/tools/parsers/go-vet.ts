import type { ToolFinding, ToolOutput } from "../../core/tool.ts";
import { goCommandFindings } from "./go-command.ts";
import { listOf, parseJsonStream, recordOf, textOf } from "./json.ts";

/**
 * Reads `go vet -json`: an object for each package, between `# package` lines, on stderr up to Go 1.24 and on stdout
 * since. What keeps it from looking at a package stands there as lines of text. Columns count UTF-8 bytes from 1.
 */
export function parseGoVet({ stdout, stderr }: ToolOutput): readonly ToolFinding[] {
  const json: string[] = [];
  const text: string[] = [];
  let depth = 0;
  for (const line of `${stdout}\n${stderr}`.split("\n")) {
    if (line === "{" || line === "{}") {
      depth = 1;
    }
    if (depth > 0) {
      json.push(line);
    } else {
      text.push(line);
    }
    if (line === "}" || line === "{}") {
      depth = 0;
    }
  }
  const found = parseJsonStream(json.join("\n"), "go vet").flatMap(packageFindings);
  return [...found, ...goCommandFindings(text.join("\n"))];
}

/** `{"package": {"analyzer": [{"posn": "/path/x.go:1:2", "message": "…"}]}}`; an analyzer that failed has an object. */
function packageFindings(value: unknown): readonly ToolFinding[] {
  return Object.values(recordOf(value, "go vet's output")).flatMap((analyzers) =>
    Object.entries(recordOf(analyzers, "a package")).flatMap(([analyzer, diagnostics]) => {
      if (!Array.isArray(diagnostics)) {
        throw new Error(`go vet's ${analyzer} failed: ${JSON.stringify(diagnostics)}`);
      }
      return listOf(diagnostics, analyzer).map((diagnostic) => diagnosticOf(diagnostic, analyzer));
    })
  );
}

function diagnosticOf(value: unknown, analyzer: string): ToolFinding {
  const diagnostic = recordOf(value, "a diagnostic");
  const posn = /^([\s\S]*):(\d+):(\d+)$/.exec(textOf(diagnostic.posn, "posn"));
  if (posn === null) {
    throw new Error(`go vet gave no place: ${String(diagnostic.posn)}`);
  }
  const [, path = "", line = "", column = ""] = posn;
  return {
    path,
    rule: analyzer,
    severity: "error",
    line: Number(line),
    column: Number(column),
    message: textOf(diagnostic.message, "message"),
    url: `https://pkg.go.dev/golang.org/x/tools/go/analysis/passes/${analyzer}`,
  };
}
