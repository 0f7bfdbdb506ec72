// What the scripts of a report share. They build with text nodes only: nothing of a run is ever read as HTML.
globalThis.report = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  function drawing(name, attributes = {}, text = "") {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, value);
    }
    made.textContent = text;
    return made;
  }

  function time(milliseconds) {
    if (milliseconds < 99.5) {
      return `${Math.round(milliseconds)} ms`;
    }
    const seconds = milliseconds / 1000;
    return seconds < 59.95
      ? `${seconds.toFixed(1)} s`
      : `${Math.floor(Math.round(seconds) / 60)} min ${Math.round(seconds) % 60} s`;
  }

  function plural(amount, noun) {
    return `${amount.toLocaleString("en")} ${noun}${amount === 1 ? "" : "s"}`;
  }

  return { data, element, drawing, time, plural };
})();
