/** A file in which no linter finds anything; no two have the same content. */
export interface LintFile {
  readonly path: string;
  readonly text: string;
}

/** Of twenty files thirteen are TypeScript, four JSON, one a shell script, two Markdown. */
export function lintFiles(count: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const { path, text } = fileNumber(index);
      return [path, text];
    })
  );
}

function fileNumber(index: number): LintFile {
  const place = index % 20;
  const folder = `src/part-${Math.floor(index / 200)}`;
  if (place < 13) {
    return { path: `${folder}/module-${index}.ts`, text: moduleText(index) };
  }
  if (place < 17) {
    return { path: `${folder}/data-${index}.json`, text: dataText(index) };
  }
  if (place < 18) {
    return { path: `${folder}/script-${index}.sh`, text: scriptText(index) };
  }
  return {
    path: `${folder}/page-${index}.md`,
    text: `# Page ${index}\n\n${"Words of no linter in this suite.\n".repeat(20)}`,
  };
}

function moduleText(index: number): string {
  const functions = Array.from({ length: 8 }, (_, part) => [
    `/** Part ${part} of module ${index}. */`,
    `export function part${part}(values: readonly number[]): number {`,
    `  const limit = ${index + part};`,
    "  let sum = 0;",
    "  for (const value of values) {",
    "    if (value > limit) {",
    "      sum += value - limit;",
    "    }",
    "  }",
    "  return sum;",
    "}",
    "",
  ]);
  return functions.flat().join("\n");
}

function dataText(index: number): string {
  const rows = Array.from({ length: 20 }, (_, row) => ({ id: index * 100 + row, name: `row ${row} of file ${index}` }));
  return `${JSON.stringify({ rows }, null, 2)}\n`;
}

function scriptText(index: number): string {
  return [
    "#!/usr/bin/env bash",
    "set -euo pipefail",
    "",
    `readonly number=${index}`,
    "say() {",
    '    local word="$1"',
    '    printf "%s %s\\n" "$word" "$number"',
    "}",
    "",
    'for name in "$@"; do',
    '    say "$name"',
    "done",
    "",
  ].join("\n");
}

/** What each linter must find, by its name. */
export const faults: Readonly<Record<string, LintFile>> = {
  biome: { path: "src/fault.json", text: '{ "a": 1, "a": 2 }\n' },
  eslint: {
    path: "src/fault.ts",
    text: "export function fault(value: number): boolean {\n  var other = 1;\n  return value == other;\n}\n",
  },
  shellcheck: { path: "src/fault.sh", text: "#!/usr/bin/env bash\necho $1\n" },
};
