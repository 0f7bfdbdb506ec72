import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import type { RunEvent } from "../../lib/core/event.ts";
import type { Finding } from "../../lib/core/finding.ts";
import { ReportWriter } from "../../lib/report/page/report-writer.ts";
import { chromiumPath, startBrowser } from "../support/browser.ts";
import { type TempFolder, tempFolder } from "../support/temp-folder.ts";
import { exited, finding, id, passed, row, say } from "../unit/render/recorder.ts";

// On a busy machine even a short run takes its time.
setDefaultTimeout(30_000);

/** Everything that a page could fall for, in everything that a run can say. */
const evil = `</script><script>document.title="taken"</script><img src=x onerror="document.title='taken'">'"\`&lt;`;

const browserTest = test.skipIf(chromiumPath === undefined);
let browser: Browser;
let folder: TempFolder;
let evilPage: string;
let bigPage: string;

beforeAll(async () => {
  if (chromiumPath === undefined) {
    return;
  }
  folder = tempFolder();
  [browser, evilPage, bigPage] = await Promise.all([
    startBrowser(),
    written("evil.html", evilRun()),
    written("big.html", bigRun()),
  ]);
});

afterAll(async () => {
  if (chromiumPath !== undefined) {
    await browser.close();
    folder[Symbol.dispose]();
  }
});

async function written(name: string, events: readonly RunEvent[]): Promise<string> {
  const writer = new ReportWriter({
    command: ["k", "check", evil],
    project: evil,
    version: "0.0.0",
    began: new Date("2026-01-02T03:04:05Z"),
    head: { branch: evil, commit: "0123456789abcdef" },
    readSource: () => `first\n${evil}\nthird`,
  });
  for (const event of events) {
    writer.handle(event);
  }
  return folder.write(`a folder/${name}`, writer.text());
}

function evilRun(): readonly RunEvent[] {
  return [
    say.run([row("build", { summary: evil }), row("ship", { needs: [id("build")] }), row("lint")]),
    say.start("build", 10),
    say.output(
      "build",
      `\u001b[31mred\u001b[0m ${evil}\n10%\r100%\n\u001b]8;;https://a.example\u001b\\link\u001b]8;;\u001b\\\n`
    ),
    say.start("lint", 20),
    say.finding("lint", finding({ message: evil, path: evil, rule: evil, url: "javascript:document.title='taken'" })),
    say.finding("lint", finding({ message: "mild one", severity: "info", tool: "ruff", rule: "E501", path: "b.py" })),
    say.finding("lint", finding({ message: "linked", url: "https://example.com/rule", path: "c.sh", secret: true })),
    say.finish("lint", { status: "failed", problems: [{ kind: "findings", id: id("lint"), count: 3 }] }, 100, 120),
    say.finish(
      "build",
      { status: "failed", problems: [{ kind: "tool-crashed", tool: evil, exitCode: 1, output: evil, command: evil }] },
      1000,
      1010
    ),
    say.finish("ship", { status: "skipped", reason: { kind: "need-failed", need: id("build") } }, 0, 1010),
    { type: "run-finished", exitCode: 1, at: 1010 },
  ];
}

function bigRun(): readonly RunEvent[] {
  const findings = Array.from({ length: 10_000 }, (_, index) => {
    const place = { path: `src/part-${index % 300}/file.ts`, line: 1 + index, rule: `rule-${index % 40}` };
    const given: Finding = finding({ ...place, message: index === 7777 ? "the needle" : `message ${index}` });
    return say.finding("lint", given);
  });
  return [
    say.run([row("lint")]),
    say.start("lint"),
    ...findings,
    say.finish("lint", exited("lint", 1), 900, 900),
    say.end(900),
  ];
}

/** A page that was loaded without an error, and whatever it asked the network for. */
async function open(
  path: string,
  how: { width: number; dark?: boolean }
): Promise<{ page: Page; asked: string[]; errors: string[] }> {
  const page = await browser.newPage({
    viewport: { width: how.width, height: 900 },
    colorScheme: how.dark === true ? "dark" : "light",
  });
  const asked: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => void asked.push(request.url()));
  page.on("pageerror", (error) => void errors.push(error.message));
  page.on("console", (message) => void errors.push(message.text()));
  await page.goto(`file://${encodeURI(path)}`);
  return { page, asked, errors };
}

for (const width of [1280, 390]) {
  for (const dark of [false, true]) {
    browserTest(
      `a report at ${width} pixels, ${dark ? "dark" : "light"}: all of it fits, and nothing in it is taken for HTML`,
      async () => {
        const { page, asked, errors } = await open(evilPage, { width, dark });
        try {
          await page.locator("#log-build summary").click();
          for (const summary of await page.locator(".group:not([open]) > summary").all()) {
            await summary.click();
          }
          // As it is seen: the data of the script is no part of it.
          const text = (await page.evaluate("document.body.innerText")) as string;
          expect(text).toContain(evil);
          expect(await page.title()).toBe(`${evil}: k check ${evil}`);
          expect(await page.locator("img").count()).toBe(0);
          expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
          expect(asked).toEqual([`file://${encodeURI(evilPage)}`]);
          expect(errors).toEqual([]);
          const ground = await page.evaluate("getComputedStyle(document.body).backgroundColor");
          expect(ground).toBe(dark ? "rgb(15, 19, 23)" : "rgb(255, 255, 255)");
          expect(await contrastFaults(page)).toEqual([]);
        } finally {
          await page.close();
        }
      }
    );
  }
}

/** Texts whose contrast is below 4.5 to 1, as WCAG 2.1 asks at least (1.4.3). */
function contrastFaults(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
    const light = (colour) => {
      const [r, g, b] = numbers(colour).map((one) => {
        const part = one / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (element) => {
      for (let at = element; at !== null; at = at.parentElement) {
        const colour = getComputedStyle(at).backgroundColor;
        if (numbers(colour)[3] !== 0) return colour;
      }
      return "rgb(255, 255, 255)";
    };
    const faults = [];
    for (const element of document.body.querySelectorAll("*")) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
      if (!own || element.closest("script, svg, .unseen, option, .dim") !== null) continue;
      const [a, b] = [light(getComputedStyle(element).color), light(groundOf(element))].sort((x, y) => y - x);
      if ((a + 0.05) / (b + 0.05) < 4.5) faults.push(element.tagName + "." + element.className + " " + element.textContent.slice(0, 40));
    }
    return faults;
  })()`);
}

browserTest(
  "the chart has a bar per task that ran, colours say nothing that words do not, and the table has all tasks",
  async () => {
    const { page } = await open(evilPage, { width: 1280 });
    try {
      expect(await page.locator("#chart rect.bar").count()).toBe(2);
      expect(await page.locator("#chart text.took").allTextContents()).toEqual(["1.0 s failed", "0.1 s failed"]);
      await page.locator(".table summary").click();
      expect(await page.locator("tbody tr th").allTextContents()).toEqual(["build", "ship", "lint"]);
      expect(await page.locator("tbody tr").nth(1).textContent()).toContain("`build` did not pass");
    } finally {
      await page.close();
    }
  }
);

browserTest("findings are filtered by words, severity and tool, and grouped by file or rule", async () => {
  const { page } = await open(evilPage, { width: 1280 });
  try {
    const shown = page.locator("#shown");
    expect(await shown.textContent()).toBe("3 findings in 3 files");
    await page.getByLabel("Search").fill("MILD b.py");
    await page.locator("#shown", { hasText: "1 finding of 3 in 1 file" }).waitFor();
    await page.getByLabel("Search").fill("");
    await page.locator("#shown", { hasText: "3 findings" }).waitFor();
    await page.getByLabel("Tool").selectOption("ruff");
    await page.locator("#shown", { hasText: "1 finding of 3 in 1 file" }).waitFor();
    await page.getByLabel("Tool").selectOption("");
    await page.getByLabel("By").selectOption("rule");
    await page.locator(".group code", { hasText: "shellcheck" }).first().waitFor();
    const links = await page.locator(".items a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    expect(links).toEqual(["https://example.com/rule"]);
    // Where a secret stands, the source is not shown.
    expect(await page.locator(".items li", { hasText: "linked" }).locator("pre").count()).toBe(0);
    expect(await page.locator(".items li", { hasText: "mild one" }).locator("pre").count()).toBe(1);
  } finally {
    await page.close();
  }
});

browserTest(
  "a log opens with the keyboard, from the link beside its task, in the colours of the terminal",
  async () => {
    const { page } = await open(evilPage, { width: 390 });
    try {
      expect(await page.locator("#log-build pre").count()).toBe(0);
      await page.locator('.problems a[href="#log-build"]').focus();
      await page.keyboard.press("Enter");
      await page.locator("#log-build pre").waitFor();
      expect(await page.evaluate("document.activeElement.tagName")).toBe("SUMMARY");
      expect(await page.locator("#log-build pre .c1").textContent()).toBe("red");
      expect(await page.locator("#log-build pre").textContent()).toBe(`red ${evil}\n100%\nlink\n`);
      await page.keyboard.press("Enter");
      expect(await page.locator("#log-build pre").isVisible()).toBe(false);
    } finally {
      await page.close();
    }
  }
);

browserTest("ten thousand findings open and are searched without a wait that one feels", async () => {
  const { page, errors } = await open(bigPage, { width: 1280 });
  try {
    expect(await page.locator("#shown").textContent()).toBe("10,000 findings in 300 files");
    expect(await page.locator(".group").count()).toBe(100);
    await page.locator("#groups > button").press("Enter");
    expect(await page.locator(".group").count()).toBe(200);
    // The time in the page itself: the machine that drives it may be busy.
    const took = await page.evaluate(`(async () => {
      const began = performance.now();
      const words = document.getElementById("words");
      words.value = "needle";
      words.dispatchEvent(new Event("input", { bubbles: true }));
      while (!document.getElementById("shown").textContent.startsWith("1 finding ")) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return performance.now() - began;
    })()`);
    expect(took as number).toBeLessThan(1500);
    expect(await page.locator(".items li").count()).toBe(1);
    expect(errors).toEqual([]);
  } finally {
    await page.close();
  }
});

test("a page of a run without findings or output has neither part", () => {
  const writer = new ReportWriter({
    command: ["k", "a"],
    project: "p",
    version: "0.0.0",
    began: new Date(0),
    head: {},
    readSource: () => undefined,
  });
  for (const event of [say.run([row("a")]), say.start("a"), say.finish("a", passed), say.end(5)]) {
    writer.handle(event);
  }
  const text = writer.text();
  expect(text).toContain(">passed<");
  for (const part of ['id="findings"', 'id="logs"', 'id="what-failed"']) {
    expect(text).not.toContain(part);
  }
});
