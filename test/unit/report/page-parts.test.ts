import { expect, test } from "bun:test";
import { html, page, scriptData } from "../../../lib/page/page.ts";
import { LogTail, longestLog } from "../../../lib/report/page/log-tail.ts";
import { Dice } from "../../support/dice.ts";

test.each([
  ["<b>&\"'", "&lt;b&gt;&amp;&quot;&#39;"],
  ["a\0b", "a\ufffdb"],
  ["plain", "plain"],
])("%p is %p in HTML", (text, shown) => {
  expect(html(text)).toBe(shown);
});

test("data in a script is JSON that ends no element and begins no comment", () => {
  const value = { a: "</script><!--<script>", b: "\u2028\u2029&", c: [1, null] };
  const text = scriptData(value);
  expect(text).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(text)).toEqual(value);
});

test("a page refuses all that it was not given: scripts by their hash, everything else by a policy", () => {
  const text = page({ title: "<t>", body: "<p>b</p>", script: "run()", data: { a: 1 } });
  const hash = new Bun.CryptoHasher("sha256").update("run()").digest("base64");
  expect(text).toContain("default-src &#39;none&#39;");
  expect(text).toContain(`script-src &#39;sha256-${hash}&#39;`);
  expect(text).toContain("<title>&lt;t&gt;</title>");
  expect(text).toContain('<script type="application/json" id="data">{"a":1}</script>');
  expect(page({ title: "t", body: "" })).toContain("script-src &#39;none&#39;");
  expect(text).not.toMatch(/https?:/);
});

test("of a long log the end is kept, from the start of a line, and all is accounted for", () => {
  const roll = new Dice(3);
  const log = new LogTail();
  let whole = "";
  while (whole.length < longestLog * 3) {
    const piece = `${"x".repeat(roll.roll(20_000))}${roll.chance(80) ? "\n" : ""}\u{1f511}`;
    whole += piece;
    log.add(piece);
  }
  const { text, dropped } = log.end();
  expect(whole.endsWith(text)).toBe(true);
  expect(dropped + text.length).toBe(whole.length);
  expect(text.length).toBeLessThanOrEqual(longestLog);
  expect(text.length).toBeGreaterThan(longestLog / 2);
  expect(whole[dropped - 1]).toBe("\n");
});

test("a log that is one endless line is cut inside of it, but in no character", () => {
  const log = new LogTail();
  log.add(`a${"\u{1f511}".repeat(longestLog)}`);
  const { text, dropped } = log.end();
  expect(text.isWellFormed()).toBe(true);
  expect(dropped).toBeGreaterThan(longestLog);
});
