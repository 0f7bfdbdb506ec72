// The findings, by file or rule, with a filter.
(() => {
  const { data, element, plural } = globalThis.report;

  const groups = document.getElementById("groups");
  const filter = document.getElementById("filter");
  const groupsAtOnce = 100;
  const itemsAtOnce = 100;

  function chosen() {
    const value = (id) => document.getElementById(id).value;
    const words = value("words")
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== "");
    const severity = value("severity");
    const tool = value("tool");
    return data.findings.filter(
      (finding) =>
        (severity === "" || finding.severity === severity) &&
        (tool === "" || finding.tool === tool) &&
        words.every((word) => searchText(finding).includes(word))
    );
  }

  const searchTexts = new Map();
  function searchText(finding) {
    let text = searchTexts.get(finding);
    if (text === undefined) {
      text = `${finding.path}:${finding.line} ${finding.tool} ${finding.rule} ${finding.message}`.toLowerCase();
      searchTexts.set(finding, text);
    }
    return text;
  }

  function ruleName({ tool, rule }) {
    return rule === "" ? tool : `${tool} ${rule}`;
  }

  function showFindings() {
    const findings = chosen();
    const by = document.getElementById("by").value;
    const found = new Map();
    for (const finding of findings) {
      const key = by === "path" ? finding.path : ruleName(finding);
      const group = found.get(key);
      if (group === undefined) {
        found.set(key, [finding]);
      } else {
        group.push(finding);
      }
    }
    const sorted = by === "path" ? [...found] : [...found].sort((a, b) => b[1].length - a[1].length);
    const files = new Set(findings.map(({ path }) => path)).size;
    const all = findings.length === data.findings.length ? "" : ` of ${data.findings.length.toLocaleString("en")}`;
    document.getElementById("shown").textContent =
      `${plural(findings.length, "finding")}${all} in ${plural(files, "file")}`;
    groups.replaceChildren();
    // Open, as far as it stays a page that one can look over.
    let open = 0;
    appendSome(groups, sorted, groupsAtOnce, "group", ([name, items]) => {
      open += items.length;
      return groupOf(name, items, by, open <= 25);
    });
  }

  /** Appends so many, and a button that appends as many more. */
  function appendSome(parent, items, amount, noun, make, from = 0) {
    parent.append(...items.slice(from, from + amount).map((item, index) => make(item, from + index)));
    const rest = items.length - from - amount;
    if (rest <= 0) {
      return;
    }
    const isList = parent.tagName === "UL";
    const button = element(
      "button",
      { type: "button", class: "more" },
      `Show ${Math.min(rest, amount)} more (${plural(rest, noun)} left)`
    );
    const place = isList ? element("li", {}, button) : button;
    button.addEventListener("click", () => {
      place.remove();
      const before = parent.children.length;
      appendSome(parent, items, amount, noun, make, from + amount);
      // Whoever pressed it with a key goes on where the new ones begin.
      const next = parent.children[before];
      (next.querySelector("summary, a, button") ?? next).focus();
    });
    parent.append(place);
  }

  function groupOf(name, items, by, isOpen) {
    const worst = ["error", "warning", "info"].find((severity) => items.some((item) => item.severity === severity));
    const summary = element(
      "summary",
      {},
      element("code", {}, name),
      element("span", { class: `count ${worst}` }, plural(items.length, "finding"))
    );
    const group = element("details", { class: "group" }, summary);
    const fill = () => {
      if (group.open && group.children.length === 1) {
        const list = element("ul", { class: "items" });
        appendSome(list, items, itemsAtOnce, "finding", (item) => itemOf(item, by));
        group.append(list);
      }
    };
    group.addEventListener("toggle", fill);
    if (isOpen) {
      group.open = true;
      fill();
    }
    return group;
  }

  function itemOf(finding, by) {
    const { severity, path, line, column, message, url, fixable, source } = finding;
    const place = by === "path" ? `${line}:${column}` : `${path}:${line}:${column}`;
    const rule = ruleName(finding);
    const isLink = url !== undefined && /^https?:\/\//.test(url);
    const name = isLink ? element("a", { href: url, rel: "noreferrer" }, rule) : rule;
    const about = element(
      "p",
      { class: "place" },
      element("code", {}, place),
      " ",
      element("b", { class: severity }, severity),
      " ",
      name,
      fixable ? " · --fix mends it" : ""
    );
    const item = element("li", { tabindex: "-1" }, about, element("p", {}, message));
    if (source !== undefined) {
      const points = [...source];
      const end = finding.column;
      item.append(
        element(
          "pre",
          {},
          points.slice(0, end - 1).join(""),
          element("mark", {}, points[end - 1] ?? " "),
          points.slice(end).join("")
        )
      );
    }
    return item;
  }

  if (filter !== null) {
    filter.hidden = false;
    let waiting;
    filter.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(showFindings, 80);
    });
    filter.addEventListener("submit", (event) => event.preventDefault());
    showFindings();
  }
})();
