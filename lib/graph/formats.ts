import type { Graph, GraphNode } from "./graph.ts";

export const graphFormats = ["text", "mermaid", "dot", "json", "html"] as const;

export type GraphFormat = (typeof graphFormats)[number];

export function graphJson({ nodes, edges, asked }: Graph): string {
  const tasks = nodes.map(({ id, ...rest }) => ({ name: id, ...rest }));
  return `${JSON.stringify({ version: 1, asked, tasks, edges }, null, 2)}\n`;
}

/** For a `mermaid` block in Markdown (<https://mermaid.js.org/syntax/flowchart.html>): an arrow leads to what runs before. */
export function graphMermaid({ nodes, edges }: Graph): string {
  const names = new Map(nodes.map(({ id }, index) => [id, `t${index}`]));
  // `#quot;` is mermaid's own way to say a quote inside of one.
  const text = (value: string): string => value.replaceAll("#", "#35;").replaceAll('"', "#quot;");
  return [
    "flowchart LR",
    ...nodes.map((node) => {
      const [open, close] = shapeOf(node);
      return `  ${names.get(node.id)}${open}"${text(node.id)}"${close}`;
    }),
    ...edges.map(
      ({ from, to, kind }) => `  ${names.get(from)} ${kind === "needs" ? "-->" : "-. after .->"} ${names.get(to)}`
    ),
    "",
  ].join("\n");
}

function shapeOf({ group, destructive }: GraphNode): readonly [string, string] {
  return group ? ["([", "])"] : destructive ? ["{{", "}}"] : ["[", "]"];
}

/** For Graphviz (<https://graphviz.org/doc/info/lang.html>). */
export function graphDot({ nodes, edges }: Graph): string {
  const quoted = (value: string): string => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  return [
    "digraph k {",
    "  rankdir=LR;",
    '  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];',
    ...nodes.map((node) => {
      const shape = node.group ? ", shape=ellipse" : node.destructive ? ", shape=octagon" : "";
      return `  ${quoted(node.id)} [tooltip=${quoted(node.summary)}${shape}];`;
    }),
    ...edges.map(
      ({ from, to, kind }) =>
        `  ${quoted(from)} -> ${quoted(to)}${kind === "needs" ? "" : ' [style=dashed, label="after"]'};`
    ),
    "}",
    "",
  ].join("\n");
}
