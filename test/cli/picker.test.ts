import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { kArguments, projectWithTasks, type Sandbox, sandbox } from "../support/sandbox.ts";
import { hasTmux, openPane, type Pane } from "../support/tmux.ts";

const why = hasTmux ? "" : " (skipped: there is no tmux)";

/** `k` alone on a terminal, in a shell that says how it ended and how the terminal is then. */
function openPicker(box: Sandbox, columns = 80, lines = 24, env: Readonly<Record<string, string>> = {}): Promise<Pane> {
  const script = 'cd "$1" || exit; shift; stty -a > ../before; trap : INT; "$@"; echo $? > ../exit; stty -a > ../after';
  const command = ["sh", "-c", script, "sh", box.root, process.execPath, ...kArguments];
  return openPane({ columns, lines, command, env: { ...box.env, TERM: "xterm-256color", ...env } });
}

async function ended(box: Sandbox, pane: Pane): Promise<string> {
  const after = join(box.root, "../after");
  await pane.until(() => existsSync(after) && readFileSync(after, "utf8").includes("echo"), "the end of k");
  // The terminal is as it was; its size stands in the first line.
  const [was, is] = ["before", "after"].map((name) =>
    readFileSync(join(box.root, "..", name), "utf8")
      .split("\n")
      .slice(1)
  );
  expect(is).toEqual(was);
  // tmux may have yet to read what k wrote last.
  while ((await pane.fact("alternate_on")) !== "0") {
    await Bun.sleep(20);
  }
  return readFileSync(join(box.root, "../exit"), "utf8").trim();
}

const greet = `
  import { defineTask } from "konductor";
  export default defineTask({
    summary: "Greet somebody",
    args: {
      tone: { summary: "How", required: true, choices: ["kindly", "loudly"] },
      name: { summary: "Whom", required: true },
    },
    silent: true,
    run: ({ params, print }) => print(\`\${params.tone}: \${params.name}\\n\`),
  });
`;

test.skipIf(!hasTmux)(`letters find a task, and enter runs it and says which command that is${why}`, async () => {
  await using box = await sandbox();
  await using pane = await openPicker(box);
  await pane.until((screen) => screen.includes("esc leaves"), "the picker");
  await pane.keys("-l", "vers");
  await pane.until((screen) => screen.includes("> version"), "the task");
  await pane.keys("Enter");
  const screen = await pane.until((text) => text.includes("home "), "what the task prints");
  expect(screen).toStartWith("$ k version\nk ");
  expect(await ended(box, pane)).toBe("0");
});

test.skipIf(!hasTmux)(`what was run last is offered first${why}`, async () => {
  await using box = await sandbox({ "a.toml": "a = 1\n" });
  for (const name of ["lint:yaml", "lint:toml"]) {
    expect((await box.k(name)).exitCode).toBe(0);
  }
  await using pane = await openPicker(box);
  const screen = await pane.until((text) => text.includes("esc leaves"), "the picker");
  expect(
    screen
      .split("\n")
      .slice(1, 3)
      .map((line) => line.trim().replace("> ", "").split(" ")[0])
  ).toEqual(["lint:toml", "lint:yaml"]);
  await pane.keys("C-c");
  expect(await ended(box, pane)).toBe("130");
});

test.skipIf(!hasTmux)(`a task that takes a command is followed by the choice of that one${why}`, async () => {
  await using box = await sandbox();
  await using pane = await openPicker(box);
  await pane.until((screen) => screen.includes("esc leaves"), "the picker");
  await pane.keys("-l", "watch");
  await pane.until((screen) => screen.includes("> watch"), "the task");
  await pane.keys("Enter");
  await pane.until((screen) => screen.startsWith("k\n"), "the second choice");
  await pane.keys("-l", "version");
  await pane.until((screen) => screen.includes("> version"), "the task to watch");
  await pane.keys("Enter");
  await pane.until((screen) => screen.includes("$ k watch version") && screen.includes("bun "), "the watched task");
  await pane.keys("C-c");
  expect(await ended(box, pane)).toBe("130");
});

for (const [name, key] of [
  ["Esc", "Escape"],
  ["Ctrl-C", "C-c"],
] as const) {
  test.skipIf(!hasTmux)(`${name} leaves with 130, and nothing of the picker stays on the screen${why}`, async () => {
    await using box = await sandbox();
    await using pane = await openPicker(box);
    await pane.until((screen) => screen.includes("esc leaves"), "the picker");
    await pane.keys("-l", "lint");
    await pane.until((screen) => screen.includes("k lint"), "the query");
    await pane.keys(key);
    expect(await ended(box, pane)).toBe("130");
    expect(await pane.screen()).toBe("");
  });
}

test.skipIf(!hasTmux)(`arrows, ctrl-n and ctrl-p, home, end and the page keys move${why}`, async () => {
  await using box = await sandbox();
  await using pane = await openPicker(box, 80, 12);
  const chosen = async (is: (name: string) => boolean): Promise<string> => {
    const nameOf = (screen: string): string => /^> (\S+)/m.exec(screen)?.[1] ?? "";
    return nameOf(await pane.until((screen) => is(nameOf(screen)), "another task"));
  };
  const first = await chosen((name) => name !== "");
  await pane.keys("Down");
  const second = await chosen((name) => name !== first);
  await pane.keys("C-n");
  const third = await chosen((name) => name !== second);
  await pane.keys("C-p");
  expect(await chosen((name) => name !== third)).toBe(second);
  await pane.keys("Up");
  await chosen((name) => name === first);
  await pane.keys("End");
  const last = await chosen((name) => name !== first);
  await pane.keys("PPage");
  await chosen((name) => name !== last);
  await pane.keys("Home");
  await chosen((name) => name === first);
  await pane.keys("NPage");
  await chosen((name) => ![first, second, third].includes(name));
  await pane.keys("C-c");
  expect(await ended(box, pane)).toBe("130");
});

test.skipIf(!hasTmux)(`the query stays through a paste, odd letters and another size of the window${why}`, async () => {
  await using box = await sandbox();
  await using pane = await openPicker(box, 80, 24);
  await pane.until((screen) => screen.includes("esc leaves"), "the picker");
  // As a terminal pastes it; the line end in it does not run anything.
  await pane.keys(
    "-H",
    ..."\u001b[200~lint\npy\u001b[201~".split("").map((letter) => letter.charCodeAt(0).toString(16))
  );
  await pane.until((screen) => screen.startsWith("k lint py\n"), "the paste");
  await pane.resize(40, 10);
  await pane.until((screen) => screen.startsWith("k lint py\n") && screen.includes("…"), "the small window");
  for (const line of (await pane.screen()).split("\n")) {
    expect(line.length).toBeLessThanOrEqual(40);
  }
  await pane.keys("-l", " größe日");
  await pane.until((screen) => screen.startsWith("k lint py größe日"), "odd letters");
  expect(await pane.screen()).toContain("none of");
  await pane.keys("C-w");
  await pane.resize(100, 30);
  await pane.until((screen) => screen.includes("> lint:python "), "the large window");
  await pane.keys("C-c");
  expect(await ended(box, pane)).toBe("130");
});

test.skipIf(!hasTmux)(
  `what a task must have is asked for: choices to choose from, the rest to type${why}`,
  async () => {
    await using box = await projectWithTasks({ "tasks/greet.ts": greet });
    await using pane = await openPicker(box, 40, 10);
    await pane.until((screen) => screen.includes(" of "), "the picker");
    await pane.keys("-l", "greet");
    await pane.until((screen) => screen.includes("> greet"), "the task");
    await pane.keys("Enter");
    await pane.until((screen) => screen.includes("loudly"), "the choices");
    await pane.keys("Down");
    await pane.until((screen) => screen.includes("● loudly"), "the second choice");
    await pane.keys("Enter");
    await pane.until((screen) => screen.includes("name: Whom"), "the question for the name");
    await pane.keys("-l", "Jo d'Arc");
    await pane.until((screen) => screen.includes("Jo d'Arc"), "the name");
    await pane.keys("Enter");
    const screen = await pane.until((text) => text.includes("loudly: Jo d'Arc"), "the greeting");
    expect(screen).toContain(String.raw`$ k greet loudly Jo\ d\'Arc`);
    expect(await ended(box, pane)).toBe("0");
  }
);

test.skipIf(!hasTmux)(
  `a task that is picked has the keys for itself, and so has its question before it${why}`,
  async () => {
    const talk = `
    import { defineTask } from "konductor";
    export default defineTask({
      summary: "Talk",
      confirm: "Your time",
      interactive: true,
      run: ({ exec }) => exec(["sh", "-c", "echo tell me; read -r line; echo got: $line; read -r line; echo and: $line"]),
    });
  `;
    await using box = await projectWithTasks({ "tasks/talk.ts": talk });
    await using pane = await openPicker(box);
    await pane.until((screen) => screen.includes("esc leaves"), "the picker");
    await pane.keys("-l", "talk");
    await pane.until((screen) => screen.includes("> talk"), "the task");
    await pane.keys("Enter");
    await pane.until((screen) => screen.includes("go on?"), "the question");
    await pane.keys("-l", "y");
    await pane.keys("Enter");
    await pane.until((screen) => screen.includes("tell me"), "the task");
    for (const [word, reply] of [
      ["one", "got: one"],
      ["two", "and: two"],
    ] as const) {
      await pane.keys("-l", word);
      await pane.keys("Enter");
      await pane.until((screen) => screen.includes(reply), reply);
    }
    expect(await ended(box, pane)).toBe("0");
  }
);

test.skipIf(!hasTmux)(`who leaves a question leaves with 130, and nothing runs${why}`, async () => {
  await using box = await projectWithTasks({ "tasks/greet.ts": greet });
  await using pane = await openPicker(box);
  await pane.until((screen) => screen.includes("esc leaves"), "the picker");
  await pane.keys("-l", "greet");
  await pane.until((screen) => screen.includes("> greet"), "the task");
  await pane.keys("Enter");
  await pane.until((screen) => screen.includes("loudly"), "the choices");
  await pane.keys("C-c");
  expect(await ended(box, pane)).toBe("130");
  expect(await pane.screen()).not.toContain("$ k greet");
});

test.skipIf(!hasTmux)(`a terminal that is told to end leaves no raw terminal behind${why}`, async () => {
  await using box = await sandbox();
  await using pane = await openPicker(box);
  await pane.until((screen) => screen.includes("esc leaves"), "the picker");
  const childOf = async (parent: string): Promise<string> => (await box.run(["pgrep", "-P", parent])).stdout.trim();
  const script = await childOf(await pane.fact("pane_pid"));
  process.kill(Number(await childOf(script)), "SIGTERM");
  expect(await ended(box, pane)).toBe("143");
});

test.skipIf(!hasTmux)(`a dumb terminal gets help instead${why}`, async () => {
  await using box = await sandbox();
  await using pane = await openPicker(box, 80, 24, { TERM: "dumb" });
  expect(await ended(box, pane)).toBe("0");
  expect(await pane.history()).toContain("k TASK --help");
});

test("in a pipe k alone is the same as k help", async () => {
  await using box = await sandbox();
  const [alone, help] = [await box.k(), await box.k("help")];
  expect(alone).toEqual(help);
  expect(alone.exitCode).toBe(0);
});
