import { expect, test } from "bun:test";
import type { RunEvent } from "../../../lib/core/event.ts";
import { findSecrets } from "../../../lib/run/secrets/find-secrets.ts";
import { formsOf } from "../../../lib/run/secrets/forms.ts";
import { guardOf } from "../../../lib/run/secrets/index.ts";
import { Redactor } from "../../../lib/run/secrets/redactor.ts";
import { Dice } from "../../support/dice.ts";
import { exited, finding, id, row, say } from "../render/recorder.ts";

const value = "hunter2-correct";

test.each([
  ["GITHUB_TOKEN", true],
  ["npm_config__authToken", true],
  ["MY_SECRET", true],
  ["PGPASSWORD", true],
  ["AWS_SECRET_ACCESS_KEY", true],
  ["CACHIX_SIGNING_KEY", true],
  ["API_KEY_2", true],
  ["DB_PASS", true],
  ["PASSWORD_FILE", false],
  ["SSH_AUTH_SOCK", false],
  ["GIT_ASKPASS", false],
  ["GIT_CONFIG_KEY_0", false],
  ["PWD", false],
  ["OLDPWD", false],
  ["KEYBOARD", false],
  ["PATH", false],
  ["MONKEY", false],
  ["COMPASS", false],
])("%s is taken for a secret: %p", (name, isSecret) => {
  expect(findSecrets({ [name]: value })).toEqual(isSecret ? [value] : []);
});

test("a value of five characters is no secret, one of six is, and blanks around it do not count", () => {
  expect(
    findSecrets({ A_TOKEN: "12345", B_TOKEN: "123456", C_TOKEN: " \u{1f511}\u{1f511}\u{1f511} ", D_TOKEN: "" })
  ).toEqual(["123456"]);
});

test("the settings name secrets, and take back what only looks like one", () => {
  const env = { HARMLESS_TOKEN: "not secret", LICENCE: "secret one", ACME_X: "secret two" };
  expect(findSecrets(env, { also: ["LICENCE", "ACME_*"], except: ["HARMLESS_*"] })).toEqual([
    "secret one",
    "secret two",
  ]);
});

test("a password inside an address is a secret", () => {
  expect(
    findSecrets({ DATABASE_URL: `postgres://me:${value}@db.example:5432/x`, HOME_PAGE: "https://a.example/x:y@z" })
  ).toEqual([value]);
});

test.each([
  ["as it is", value],
  ["in base64", btoa(value)],
  ["in base64 behind one byte", btoa(`a${value}`)],
  ["in base64 as a part", btoa(`user:${value}@host`)],
  ["in base64 behind two bytes", btoa(`me${value}, and more`)],
])("a value goes out %s", (_, text) => {
  const shown = new Redactor([value]).text(`see ${text} there`);
  expect(shown).toContain("***");
  // At most the characters that what stands around it has a part in are left, and what came before it.
  expect(shown.length).toBeLessThan(`see ${text} there`.length - value.length + "***".length + 1);
  expect(Buffer.from(shown.replace(/^see /, ""), "base64").toString()).not.toContain(value.slice(2));
});

test("a value goes out as a URL, a form and JSON write it", () => {
  const odd = 'p@ss wörd/"+\n(x)';
  const redactor = new Redactor([odd]);
  const lower = encodeURIComponent(odd).replace(/%../g, (code) => code.toLowerCase());
  const form = new URLSearchParams({ v: odd }).toString();
  for (const text of [
    odd,
    encodeURIComponent(odd),
    lower,
    JSON.stringify({ v: odd }),
    form,
    btoa(encodeURIComponent(odd)),
  ]) {
    expect(redactor.text(text)).not.toMatch(/rd/);
  }
  const url = Buffer.from(">>>???~~~xyz").toString("base64url");
  expect(new Redactor([">>>???~~~xyz"]).text(url)).toBe("***");
});

test("each line of a value with several is a secret of its own", () => {
  const key = "-----BEGIN KEY-----\nabcdefghijkl\nmnopqrstuvwx\n-----END KEY-----";
  const redactor = new Redactor([key]);
  expect(redactor.text("> abcdefghijkl\r\n> mnopqrstuvwx\r\n")).toBe("> ***\r\n> ***\r\n");
  expect(redactor.text(`${key}!`)).toBe("***!");
});

test("the mask is made of nothing that a secret holds", () => {
  const redactor = new Redactor(["ab***cd", "xx###xx"]);
  const shown = redactor.text("ab" + "ab***cd" + "cd");
  expect(shown).not.toContain("ab***cd");
  expect(shown).not.toContain("*");
});

test("no secret comes out of any text, however it is cut, and nothing else is lost", () => {
  const roll = new Dice(20_261_122);
  for (let round = 0; round < 400; round += 1) {
    // Few letters, so that secrets overlap, repeat and begin inside each other.
    const letters = roll.pick(["ab", "abc*", "xyz#*", "aé\u{1f511}b"]);
    const word = (length: number): string => Array.from({ length }, () => roll.pick([...letters])).join("");
    const secrets = Array.from({ length: 1 + roll.roll(4) }, () => word(6 + roll.roll(5)));
    const text = Array.from({ length: 12 }, () => (roll.roll(3) === 0 ? roll.pick(secrets) : word(roll.roll(12)))).join(
      ""
    );
    const redactor = new Redactor(secrets);
    const stream = redactor.stream();
    let shown = "";
    for (let at = 0; at < text.length; ) {
      const size = 1 + roll.roll(7);
      shown += stream.add(text.slice(at, at + size));
      at += size;
    }
    shown += stream.end();
    const told = { secrets, text, shown };
    for (const form of secrets.flatMap(formsOf)) {
      expect({ ...told, leaks: shown.includes(form) }).toEqual({ ...told, leaks: false });
    }
    expect({ ...told, whole: redactor.text(text) }).toEqual({ ...told, whole: shown });
    expect({ ...told, rest: shown }).toEqual({
      ...told,
      rest: withoutSecrets(text, secrets.flatMap(formsOf), redactor),
    });
  }
});

/** The plain way: marks every character of every occurrence, then writes one mask per stretch. */
function withoutSecrets(text: string, forms: readonly string[], redactor: Redactor): string {
  const covered = Array.from({ length: text.length }, () => false);
  const starts = new Set<number>();
  for (const form of forms) {
    for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      covered.fill(true, at, at + form.length);
      starts.add(at);
    }
  }
  const mask = redactor.text(forms[0] ?? "");
  let out = "";
  for (let at = 0; at < text.length; at += 1) {
    if (covered[at] !== true) {
      out += text[at];
    } else if (covered[at - 1] !== true) {
      out += mask;
    }
  }
  return out;
}

test("one pass: a hundred secrets cost hardly more than one", () => {
  const many = Array.from({ length: 100 }, (_, index) => `secret-number-${index}-${"x".repeat(20)}`);
  const text = "a line of a log that holds nothing of note, with some secret-number- in it\n".repeat(20_000);
  const timed = (redactor: Redactor): number => {
    redactor.text(text.slice(0, 100_000));
    const began = performance.now();
    redactor.text(text);
    return performance.now() - began;
  };
  const [one, hundred] = [timed(new Redactor(many.slice(0, 1))), timed(new Redactor(many))];
  expect(hundred).toBeLessThan(one * 5 + 50);
});

test("events lose their secrets, in one piece or in two, and what steers a run stays", async () => {
  const told: RunEvent[] = [];
  const guard = await guardOf({ MY_TOKEN: value, APP_KEY: "lint:bash", OTHER: "harmless value" });
  const tell = guard.events((event) => void told.push(event));
  tell(say.run([row("lint:bash", { summary: `Run ${value}` })]));
  tell(say.start("lint:bash"));
  tell(say.output("lint:bash", `one ${value} two hunter2-`));
  tell(say.output("lint:bash", "correct three hunter2-cor"));
  tell(say.finding("lint:bash", finding({ message: `do not write ${value}`, path: `src/${value}.ts` })));
  tell({ type: "task-progress", id: id("lint:bash"), text: `up ${value}`, at: 0 });
  tell(say.finish("lint:bash", exited("lint:bash", 7)));
  const text = told.map((event) => (event.type === "task-output" ? event.text : "")).join("");
  expect(text).toBe("one *** two *** three hunter2-cor");
  expect(JSON.stringify(told)).not.toContain(value);
  expect(told.every((event) => !("id" in event) || event.id === id("lint:bash"))).toBe(true);
  expect(told.at(-1)?.type).toBe("task-finished");
  expect(told.at(-2)).toMatchObject({ type: "task-output", text: "hunter2-cor" });
});

test("where nothing is secret, events are handed on as they are", async () => {
  const tell = (): void => undefined;
  expect((await guardOf({ HOME: "/home/me", LANG: "C.UTF-8" })).events(tell)).toBe(tell);
});
