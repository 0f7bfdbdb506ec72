import { html, page } from "../page/page.ts";
import style from "./page/graph.css" with { type: "text" };
import script from "./page/graph.browser.js" with { type: "text" };
import type { Graph, GraphEdge, GraphNode } from "./graph.ts";
import { type Box, type Layout, layOut } from "./layout.ts";

/** The graph as a page that stands alone: to move, to enlarge, to search, and to ask what a task needs and what needs it. */
export function graphHtml(graph: Graph, title: string): string {
  const layout = layOut(graph);
  return page({
    title,
    style,
    body: [
      '<header class="bar">',
      `<h1>${html(title)}</h1>`,
      '<input id="search" type="search" placeholder="Find a task" aria-label="Find a task" autocomplete="off" spellcheck="false">',
      '<output id="count" for="search"></output>',
      '<div class="buttons">',
      '<button type="button" id="smaller" aria-label="Smaller">−</button>',
      '<button type="button" id="larger" aria-label="Larger">+</button>',
      '<button type="button" id="fit">All</button>',
      "</div>",
      "</header>",
      drawing(graph, layout),
      '<aside id="about" aria-live="polite" hidden></aside>',
      '<footer class="legend"><span class="needs">needs</span><span class="after">after, where both run</span><span class="group">gathers others</span></footer>',
    ].join("\n"),
    script,
    data: { tasks: graph.nodes.map(taskData), edges: graph.edges, width: layout.width, height: layout.height },
  });
}

function taskData({ id, summary, aliases, group, interactive, destructive, origin, locks }: GraphNode): unknown {
  return { id, summary, aliases, group, interactive, destructive, origin, locks };
}

function drawing({ nodes, edges }: Graph, { boxes, headings, width, height }: Layout): string {
  const byId = new Map(boxes.map((box) => [box.id, box]));
  const nodeById = new Map(nodes.map((node) => [node.id, node]));
  return [
    `<svg id="graph" role="group" aria-label="Tasks and what they need" viewBox="0 0 ${width} ${height}">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>',
    '<g id="scene">',
    ...edges.map((edge) => line(edge, byId)),
    ...headings.map(({ text, x, y }) => `<text class="heading" x="${x}" y="${y}">${html(text)}</text>`),
    ...boxes.flatMap((box) => {
      const node = nodeById.get(box.id);
      return node === undefined ? [] : [shape(box, node)];
    }),
    "</g>",
    "</svg>",
  ].join("\n");
}

function shape({ id, x, y, width, height }: Box, { group, destructive, summary }: GraphNode): string {
  const kinds = ["task", ...(group ? ["group"] : []), ...(destructive ? ["destructive"] : [])].join(" ");
  return (
    `<g class="${kinds}" data-id="${html(id)}" tabindex="0" role="button" aria-label="${html(`${id}: ${summary}`)}" transform="translate(${x} ${y})">` +
    `<rect width="${width}" height="${height}" rx="${group ? height / 2 : 5}"/><text x="${width / 2}" y="${height / 2}">${html(id)}</text></g>`
  );
}

function line({ from, to, kind }: GraphEdge, boxes: ReadonlyMap<string, Box>): string {
  const a = boxes.get(from);
  const b = boxes.get(to);
  if (a === undefined || b === undefined) {
    return "";
  }
  const [x1, y1, x2, y2] = [a.x + a.width, a.y + a.height / 2, b.x - 2, b.y + b.height / 2].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  const bend = Math.max(30, (x2 - x1) / 2);
  return `<path class="edge ${kind}" data-from="${html(from)}" data-to="${html(to)}" d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" marker-end="url(#tip)"/>`;
}
