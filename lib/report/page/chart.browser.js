// The tasks over time.
(() => {
  const { data, drawing, time, plural } = globalThis.report;

  const chart = document.getElementById("chart");
  const ran = data.tasks
    .filter((task) => task.from !== undefined && task.status !== "idle")
    .sort((a, b) => a.from - b.from || a.to - b.to);

  /** A round step that leaves room for each label. */
  function tickStep(pixels) {
    const least = (data.took * 80) / Math.max(pixels, 1);
    const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-3)));
    return [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= least);
  }

  function draw() {
    const width = chart.clientWidth;
    const isNarrow = width < 600;
    const longest = Math.max(...ran.map(({ id }) => id.length));
    const left = isNarrow ? 0 : Math.min(longest * 7.4 + 14, width * 0.35);
    const rowHeight = isNarrow ? 38 : 24;
    const top = 22;
    // Room for the end of the last label.
    const room = Math.max(10, width - left - 100);
    const at = (milliseconds) => left + (milliseconds / Math.max(data.took, 1e-3)) * room;
    const height = top + ran.length * rowHeight + 4;
    const svg = drawing("svg", { height, viewBox: `0 0 ${width} ${height}`, role: "img" });
    svg.setAttribute(
      "aria-label",
      `When each of ${plural(ran.length, "task")} ran; the table below has the same in words`
    );
    const step = tickStep(room);
    for (let tick = 0; tick <= data.took; tick += step) {
      const x = at(tick);
      svg.append(drawing("line", { class: "grid", x1: x, x2: x, y1: top - 4, y2: height }));
      svg.append(drawing("text", { class: "tick", x: x + 3, y: 12 }, time(tick)));
    }
    ran.forEach((task, index) => {
      const y = top + index * rowHeight;
      const barY = isNarrow ? y + 18 : y + 4;
      const bar = drawing("rect", {
        class: `bar ${task.status}${task.isCritical ? " critical" : ""}`,
        x: at(task.from),
        y: barY,
        width: Math.max(2, at(task.to) - at(task.from)),
        height: 14,
        rx: 2,
      });
      bar.append(
        drawing(
          "title",
          {},
          `${task.id}: ${task.status}, ${time(task.to - task.from)}${task.words === "" ? "" : `, ${task.words}`}`
        )
      );
      // Not by colour alone.
      const took = `${time(task.to - task.from)}${task.status === "passed" ? "" : ` ${task.status}`}`;
      svg.append(
        drawing("text", { x: 0, y: isNarrow ? y + 12 : y + 15 }, shorten(task.id, isNarrow ? width : left - 10)),
        ...(task.from - task.ready > 1
          ? [drawing("line", { class: "wait", x1: at(task.ready), x2: at(task.from), y1: barY + 7, y2: barY + 7 })]
          : []),
        bar,
        drawing("text", { class: "took", x: at(task.to) + 6, y: barY + 11 }, took)
      );
    });
    chart.replaceChildren(svg);
  }

  function shorten(text, pixels) {
    const fits = Math.max(4, Math.floor(pixels / 7.3));
    return text.length <= fits ? text : `${text.slice(0, fits - 1)}…`;
  }

  if (chart !== null && ran.length > 0) {
    chart.hidden = false;
    let drawnAt = -1;
    new ResizeObserver(() => {
      if (chart.clientWidth !== drawnAt) {
        drawnAt = chart.clientWidth;
        draw();
      }
    }).observe(chart);
  }
})();
