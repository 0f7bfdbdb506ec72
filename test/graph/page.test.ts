import { expect, test } from "bun:test";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { projectWithTasks, sandbox, task } from "../support/sandbox.ts";
import { chromiumPath, startBrowser } from "../support/browser.ts";

const why = chromiumPath === undefined ? " (skipped: there is no Chromium)" : "";

/** Where a task is on the screen. */
async function placeOf(page: Page, id: string): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator(`[data-id="${id}"]`).boundingBox();
  if (box === null) {
    throw new Error(`there is no ${id}`);
  }
  return box;
}

for (const [name, width, height, colorScheme] of [
  ["a desktop, light", 1280, 800, "light"],
  ["a phone, dark", 390, 844, "dark"],
] as const) {
  test.skipIf(chromiumPath === undefined)(
    `the page of the graph works on ${name}, without the network${why}`,
    async () => {
      await using box = await projectWithTasks({
        "tasks/a-first.ts": task("true", ["a-second"]),
        "tasks/a-second.ts": task("true", ["lint:python"]),
      });
      const made = await box.k("graph", "--html", "out/graph.html");
      expect(made).toEqual({ exitCode: 0, stdout: "", stderr: "" });
      const browser = await startBrowser();
      try {
        const page = await browser.newPage({ viewport: { width, height }, colorScheme });
        const said: string[] = [];
        const asked: string[] = [];
        page.on("console", (message) => said.push(message.text()));
        page.on("pageerror", (error) => said.push(error.message));
        page.on("request", (request) => asked.push(request.url()));
        await page.goto(`file://${join(box.root, "out/graph.html")}`);

        // Search finds, and brings into view.
        await page.fill("#search", "a-second");
        expect(await page.locator(".task.found").count()).toBe(1);
        const found = await placeOf(page, "a-second");
        expect(found.x > 0 && found.y > 0 && found.x + found.width < width && found.y + found.height < height).toBe(
          true
        );

        // A click tells what it is, and marks what it needs and what needs it.
        await page.locator('[data-id="a-second"]').click();
        const about = await page.locator("#about").textContent();
        expect(about).toContain("k a-second");
        expect(about).toContain("lint:python");
        expect(about).toContain("a-first");
        const near = await page.evaluate<readonly string[]>(
          '[...document.querySelectorAll(".task.near")].map((one) => one.dataset.id)'
        );
        expect(near).toContain("a-first");
        expect(near).toContain("lint:python:ruff");
        await page.locator("#about .close").click();
        expect(await page.locator("#about").isVisible()).toBe(false);

        // It grows around the mouse, and moves with it.
        const before = await placeOf(page, "a-second");
        await page.mouse.move(before.x + before.width / 2, before.y + before.height / 2);
        await page.mouse.wheel(0, -300);
        const isLarger = `document.querySelector('[data-id="a-second"]').getBoundingClientRect().width > ${before.width + 1}`;
        await page.waitForFunction(isLarger);
        const larger = await placeOf(page, "a-second");
        await page.mouse.move(width / 2, height - 120);
        await page.mouse.down();
        await page.mouse.move(width / 2 + 60, height - 90, { steps: 4 });
        await page.mouse.up();
        const moved = await placeOf(page, "a-second");
        // A task's line is thicker under the mouse.
        expect(Math.abs(moved.x - larger.x - 60)).toBeLessThan(3);
        expect(Math.abs(moved.y - larger.y - 30)).toBeLessThan(3);

        // Nothing is wider than the window, nothing was asked of anybody, and nothing went wrong.
        expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        const colour = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
        expect(colour === "rgb(255, 255, 255)").toBe(colorScheme === "light");
        expect(asked.filter((url) => !url.startsWith("file:"))).toEqual([]);
        expect(said).toEqual([]);
      } finally {
        await browser.close();
      }
    }
  );
}

test("k graph prints what it is asked for, and says what it does not know", async () => {
  await using box = await sandbox();
  const text = await box.k("graph", "ln");
  expect(text.stdout).toStartWith("lint:nix\n├─ lint:nix:deadnix\n");
  expect(text.exitCode).toBe(0);
  const json = JSON.parse((await box.k("graph", "lint", "--as", "json")).stdout) as { edges: unknown[] };
  expect(json.edges.length).toBeGreaterThan(20);
  const unknown = await box.k("graph", "lnit");
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain("did you mean lint");
  const nowhere = await box.k("graph", "--html", "/proc/nowhere/graph.html");
  expect(nowhere.exitCode).toBe(1);
  expect(nowhere.stderr).toContain("/proc/nowhere/graph.html");
});
