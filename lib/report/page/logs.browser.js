// The output of tasks, made when it is opened.
(() => {
  const { data, element, plural } = globalThis.report;

  const esc = "\u001b";
  const sequence = new RegExp(
    `${esc}\\[([0-9;:]*)m|${esc}\\[[0-?]*[ -/]*[@-~]|${esc}[\\]PX^_][^\\u0007${esc}]*(?:\\u0007|${esc}\\\\)|${esc}.?`,
    "g"
  );

  /** What a terminal shows of a line that carriage returns went back on. */
  function lastWritten(text) {
    return text
      .replace(/\r+\n/g, "\n")
      .replace(/^.*\r(?=[^\n])/gm, "")
      .replaceAll("\r", "");
  }

  function styled(text) {
    const parts = [];
    let look = { colour: "", flags: new Set() };
    let at = 0;
    const push = (piece) => {
      const names = [look.colour, ...look.flags].filter((name) => name !== "");
      if (piece !== "") {
        parts.push(names.length === 0 ? piece : element("span", { class: names.join(" ") }, piece));
      }
    };
    for (const match of text.matchAll(sequence)) {
      push(text.slice(at, match.index));
      at = match.index + match[0].length;
      if (match[1] !== undefined) {
        look = lookAfter(look, match[1]);
      }
    }
    push(text.slice(at));
    return parts;
  }

  const flagCodes = { 1: "bold", 2: "dim", 3: "italic", 4: "underline" };

  function lookAfter({ colour, flags }, codes) {
    const next = { colour, flags: new Set(flags) };
    const numbers = codes.split(/[;:]/).map(Number);
    for (let index = 0; index < numbers.length; index += 1) {
      const code = numbers[index];
      if (code === 0) {
        next.colour = "";
        next.flags.clear();
      } else if (code in flagCodes) {
        next.flags.add(flagCodes[code]);
      } else if (code === 22) {
        next.flags.delete("bold");
        next.flags.delete("dim");
      } else if (code === 23 || code === 24) {
        next.flags.delete(code === 23 ? "italic" : "underline");
      } else if (code === 38 || code === 48) {
        const isIndexed = numbers[index + 1] === 5;
        const number = numbers[index + 2];
        if (code === 38 && isIndexed && number < 16) {
          next.colour = `c${number % 8}`;
        }
        index += isIndexed ? 2 : 4;
      } else if (code === 39) {
        next.colour = "";
      } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
        next.colour = `c${code % 10}`;
      }
    }
    return next;
  }

  const logList = document.getElementById("log-list");

  function logOf({ id, text, dropped }) {
    const task = data.tasks.find((one) => one.id === id);
    const lines = text === "" ? 0 : text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
    const summary = element(
      "summary",
      {},
      element("code", {}, id),
      element("span", { class: `count ${task.status}` }, task.status),
      element("span", { class: "count" }, plural(lines, "line"))
    );
    const log = element("details", { class: "log", id: `log-${id}` }, summary);
    log.addEventListener("toggle", () => {
      if (!log.open || log.children.length > 1) {
        return;
      }
      if (dropped > 0) {
        log.append(element("p", { class: "muted" }, `${plural(dropped, "character")} before this are left out.`));
      }
      log.append(element("pre", { tabindex: "0", "aria-label": `Output of ${id}` }, ...styled(lastWritten(text))));
    });
    return log;
  }

  if (logList !== null) {
    logList.append(...data.logs.map(logOf));
    const openTarget = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target?.classList.contains("log")) {
        target.open = true;
        target.querySelector("summary").focus();
        target.scrollIntoView();
      }
    };
    addEventListener("hashchange", openTarget);
    openTarget();
  }
})();
