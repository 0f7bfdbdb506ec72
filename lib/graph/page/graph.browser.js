const { tasks, edges, width, height } = JSON.parse(document.getElementById("data").textContent);
const svg = document.getElementById("graph");
const scene = document.getElementById("scene");
const search = document.getElementById("search");
const count = document.getElementById("count");
const about = document.getElementById("about");
const byId = new Map(tasks.map((task) => [task.id, task]));
const shapes = new Map([...scene.querySelectorAll(".task")].map((shape) => [shape.dataset.id, shape]));
const lines = [...scene.querySelectorAll(".edge")];

// What is seen: the point of the drawing in the upper left corner, and how many pixels one of its units is.
const view = { x: 0, y: 0, scale: 1 };
const margin = 24;

function draw() {
  const { width: w, height: h } = svg.getBoundingClientRect();
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${w / view.scale} ${h / view.scale}`);
}

function fitAll() {
  const { width: w, height: h } = svg.getBoundingClientRect();
  const scale = Math.min((w - 2 * margin) / Math.max(width, 1), (h - 2 * margin) / Math.max(height, 1), 1.4);
  // Smaller than this and no name can be read: then the beginning is shown.
  view.scale = Math.max(scale, 0.6);
  const isWhole = scale >= 0.6;
  view.x = isWhole ? (width - w / view.scale) / 2 : -margin / view.scale;
  view.y = isWhole && height * view.scale < h ? (height - h / view.scale) / 2 : -margin / view.scale;
  draw();
}

function zoom(factor, clientX, clientY) {
  const box = svg.getBoundingClientRect();
  const x = (clientX ?? box.left + box.width / 2) - box.left;
  const y = (clientY ?? box.top + box.height / 2) - box.top;
  const scale = Math.min(4, Math.max(0.08, view.scale * factor));
  view.x += x / view.scale - x / scale;
  view.y += y / view.scale - y / scale;
  view.scale = scale;
  draw();
}

function centre(id) {
  const { width: w, height: h } = svg.getBoundingClientRect();
  const { e: x, f: y } = shapes.get(id).transform.baseVal.consolidate().matrix;
  const box = shapes.get(id).getBBox();
  view.scale = Math.max(view.scale, 0.9);
  view.x = x + box.width / 2 - w / view.scale / 2;
  view.y = y + box.height / 2 - h / view.scale / 2;
  draw();
}

// One finger or the mouse moves, two fingers enlarge; what hardly moved is a click.
const pointers = new Map();
let moved = 0;

svg.addEventListener("pointerdown", (event) => {
  pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  moved = 0;
});
svg.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (before === undefined) {
    return;
  }
  const now = { x: event.clientX, y: event.clientY };
  const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
  if (other === undefined) {
    view.x -= (now.x - before.x) / view.scale;
    view.y -= (now.y - before.y) / view.scale;
    draw();
  } else {
    const distance = (point) => Math.hypot(point.x - other.x, point.y - other.y);
    zoom(distance(now) / Math.max(distance(before), 1), (now.x + other.x) / 2, (now.y + other.y) / 2);
  }
  moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
  pointers.set(event.pointerId, now);
  if (moved > 4) {
    svg.setPointerCapture(event.pointerId);
    svg.classList.add("dragging");
  }
});
for (const end of ["pointerup", "pointercancel"]) {
  svg.addEventListener(end, (event) => {
    pointers.delete(event.pointerId);
    svg.classList.remove("dragging");
  });
}
svg.addEventListener("click", (event) => {
  if (moved > 4) {
    return;
  }
  const shape = event.target.closest(".task");
  choose(shape === null ? undefined : shape.dataset.id);
});
svg.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    zoom(Math.exp(-step * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX, event.clientY);
  },
  { passive: false }
);

/** All that is reached from a task along the edges, in one direction. */
function reached(id, from, to) {
  const found = new Set([id]);
  for (const queue = [id]; queue.length > 0; ) {
    const at = queue.shift();
    for (const edge of edges) {
      if (edge[from] === at && !found.has(edge[to])) {
        found.add(edge[to]);
        queue.push(edge[to]);
      }
    }
  }
  return found;
}

let chosen;

function choose(id) {
  chosen = id;
  search.value = "";
  mark();
  tell();
}

/** Says by looks what is chosen or found; the rest steps back. */
function mark() {
  const words = search.value
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const found = words.length === 0 ? [] : tasks.filter((task) => fits(task, words)).map(({ id }) => id);
  const below = chosen === undefined ? new Set() : reached(chosen, "from", "to");
  const above = chosen === undefined ? new Set() : reached(chosen, "to", "from");
  for (const [id, shape] of shapes) {
    shape.classList.toggle("chosen", id === chosen);
    shape.classList.toggle("near", id !== chosen && (below.has(id) || above.has(id)));
    shape.classList.toggle("found", found.includes(id));
  }
  for (const line of lines) {
    const { from, to } = line.dataset;
    line.classList.toggle("near", (below.has(from) && below.has(to)) || (above.has(from) && above.has(to)));
  }
  scene.classList.toggle("dim", chosen !== undefined || words.length > 0);
  count.textContent = words.length === 0 ? `${tasks.length} tasks` : `${found.length} of ${tasks.length}`;
  return found;
}

function fits({ id, summary, aliases }, words) {
  const text = [id, summary, ...aliases].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

/** What a task is, in words. */
function tell() {
  about.replaceChildren();
  about.hidden = chosen === undefined;
  if (chosen === undefined) {
    return;
  }
  const task = byId.get(chosen);
  const names = (kind, from, to) =>
    edges.filter((edge) => edge.kind === kind && edge[from] === chosen).map((edge) => edge[to]);
  const facts = [
    ["Run it", `k ${task.id}`],
    ["Aliases", task.aliases.join(", ")],
    ["Needs", names("needs", "from", "to").join(", ")],
    ["Needed by", names("needs", "to", "from").join(", ")],
    ["After", names("after", "from", "to").join(", ")],
    ["Locks", task.locks.map(({ name, mode }) => (mode === "shared" ? `${name} (shared)` : name)).join(", ")],
    [
      "Kind",
      [
        task.group && "gathers others",
        task.interactive && "owns the terminal",
        task.destructive && "asks first",
        task.origin === "project" && "this project's",
      ]
        .filter(Boolean)
        .join(", "),
    ],
  ].filter(([, value]) => value !== "");
  const list = element("dl", "");
  for (const [name, value] of facts) {
    list.append(element("dt", name), element("dd", value));
  }
  const close = element("button", "×", { type: "button", class: "close", "aria-label": "Close" });
  close.addEventListener("click", () => choose(undefined));
  about.append(close, element("h2", task.id), element("p", task.summary), list);
}

let next = 0;
search.addEventListener("input", () => {
  chosen = undefined;
  tell();
  next = 0;
  const [first] = mark();
  if (first !== undefined) {
    centre(first);
  }
});
search.addEventListener("keydown", (event) => {
  if (event.key === "Enter") {
    const found = mark();
    if (found.length > 0) {
      centre(found[next % found.length]);
      next += 1;
      if (found.length === 1) {
        choose(found[0]);
      }
    }
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    choose(undefined);
  } else if (event.target === search) {
    return;
  } else if (event.key === "+" || event.key === "=") {
    zoom(1.25);
  } else if (event.key === "-") {
    zoom(0.8);
  } else if (event.key === "0") {
    fitAll();
  } else if (event.key === "/") {
    event.preventDefault();
    search.focus();
  } else if ((event.key === "Enter" || event.key === " ") && event.target.closest?.(".task")) {
    event.preventDefault();
    choose(event.target.closest(".task").dataset.id);
  }
});
document.getElementById("larger").addEventListener("click", () => zoom(1.25));
document.getElementById("smaller").addEventListener("click", () => zoom(0.8));
document.getElementById("fit").addEventListener("click", fitAll);
// A task that is reached by the tab key is brought into view.
for (const [id, shape] of shapes) {
  shape.addEventListener("focus", () => {
    if (shape.matches(":focus-visible")) {
      centre(id);
    }
  });
}
new ResizeObserver(draw).observe(svg);
mark();
fitAll();
