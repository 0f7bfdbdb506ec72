import type { Machine } from "../machine.ts";
import { type Change, defineStep, type Look, type Question, type Wishes } from "../step.ts";
import { gitConfig, gitScope } from "../git-config.ts";

const keys = ["name", "email"] as const;

type Key = (typeof keys)[number];

const questions: Readonly<Record<Key, Question>> = {
  name: {
    name: "name",
    message: "your name, as commits show it",
    check: (answer) => (/\S/.test(answer) && !/[<>\n]/.test(answer) ? undefined : "a name, without < and >"),
  },
  email: {
    name: "email",
    message: "your mail address, as commits show it",
    check: (answer) => (/^[^\s<>@]+@[^\s<>@]+$/.test(answer) ? undefined : "an address, such as ada@example.com"),
  },
};

export const identity = defineStep({
  name: "identity",
  title: "git knows who commits",
  scope: "repository",
  changes: "sets user.name and user.email in this repository, or with --global in your own git config",
  undo: "git config --unset user.name; git config --unset user.email",
  async look(machine, wishes): Promise<Look> {
    const scope = gitScope(machine, wishes);
    if (!scope.ok) {
      return scope.look;
    }
    const missing: Key[] = [];
    const known: string[] = [];
    for (const key of keys) {
      const value = await knownValue(key, machine);
      const wanted = wishes[key];
      if (wanted === undefined ? value === undefined : wanted !== value) {
        missing.push(key);
      } else {
        known.push(value ?? "");
      }
    }
    if (missing.length === 0) {
      return { status: "done", found: `${known[0] ?? ""} <${known[1] ?? ""}>` };
    }
    const change = (key: Key, value: string): Change => ({
      kind: "command",
      argv: ["git", "config", scope.flag, `user.${key}`, value],
      cwd: scope.cwd,
    });
    const found = `not set: ${missing.map((key) => `user.${key}`).join(", ")}`;
    const asked = missing.filter((key) => wishes[key] === undefined);
    const changes = (answers: Readonly<Record<string, string>>): readonly Change[] =>
      missing.map((key) => change(key, wishes[key] ?? answers[key] ?? ""));
    const wrong = missing.flatMap((key) => wrongWish(key, wishes));
    if (wrong[0] !== undefined) {
      return { status: "stuck", problem: wrong[0] };
    }
    return asked.length === 0
      ? { status: "open", found, changes: changes({}) }
      : { status: "ask", found, questions: asked.map((key) => questions[key]), flags: "--name and --email", changes };
  },
});

function wrongWish(
  key: Key,
  wishes: Wishes
): readonly { kind: "flag-value"; flag: string; value: string; expected: string }[] {
  const value = wishes[key];
  const wrong = value === undefined ? undefined : questions[key].check(value);
  return wrong === undefined ? [] : [{ kind: "flag-value", flag: `--${key}`, value: value ?? "", expected: wrong }];
}

/** The environment counts before any file, as git has it. */
async function knownValue(key: Key, machine: Machine): Promise<string | undefined> {
  const author = machine.env[`GIT_AUTHOR_${key.toUpperCase()}`];
  const committer = machine.env[`GIT_COMMITTER_${key.toUpperCase()}`];
  return isGiven(author) && isGiven(committer) ? author : gitConfig(`user.${key}`, machine);
}

function isGiven(value: string | undefined): boolean {
  return value !== undefined && value.trim() !== "";
}
