import { expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { parseRemotes, readRemotes } from "../../../lib/host/git-remotes.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { makeRepository } from "../git/repository.ts";

const texts: readonly [text: string, urls: readonly string[]][] = [
  ["", []],
  ['[remote "origin"]\n\turl = https://h/a.git\n\tfetch = +refs/*\n', ["https://h/a.git"]],
  ['[core]\n\turl = x\n[remote "a"]\nurl=one\nurl = two\n[branch "b"]\nurl = x\n', ["one", "two"]],
  ['[REMOTE "a"]\n\tURL = one\n', ["one"]],
  ['[remote "a"] url = one\n', ["one"]],
  ['[remote "a \\" ]"]\n\turl = one\n', ["one"]],
  ['[remote "a"]\n\turl = one two # c\n\turl = three ; c\n', ["one two", "three"]],
  ['[remote "a"]\n\turl = "one # two " ; c\n', ["one # two "]],
  ['[remote "a"]\n\turl = a\\\\b\\"c\n', ['a\\b"c']],
  ['[remote "a"]\n\turl = one\\\n/two\n', ["one/two"]],
  ['[remote "a"]\r\n\turl = one\r\n', ["one"]],
  ['# [remote "a"]\n\turl = one\n; url = x\n', []],
  ['[remotes "a"]\n\turl = one\n', []],
  ['[remote "a"]\n\tpushurl = one\n\turlx = two\n', []],
];

test("the URLs of a git configuration are read", () => {
  for (const [text, urls] of texts) {
    expect([text, ...parseRemotes(text)]).toEqual([text, ...urls]);
  }
});

test("git reads the same", () => {
  using box = makeRepository();
  for (const [text, urls] of texts) {
    box.write({ config: text });
    const listed = Bun.spawnSync(["git", "config", "--file", "config", "--get-regexp", "-z", "^remote\\..*\\.url$"], {
      cwd: box.root,
      env: box.env,
    }).stdout.toString();
    const values = listed
      .split("\0")
      .filter((entry) => entry !== "")
      .map((entry) => entry.slice(entry.indexOf("\n") + 1));
    expect([text, ...urls]).toEqual([text, ...values]);
  }
});

test("remotes are sorted, each once, without names and passwords", () => {
  using temp = tempFolder({
    config:
      '[remote "z"]\nurl = ssh://git@h/z\n[remote "a"]\nurl = https://me:p@ss@h/a\n[remote "b"]\nurl = https://you:word@h/a\n[remote "c"]\nurl = git@h:c.git\n[remote "d"]\nurl = ../d@x\n',
  });
  expect(readRemotes(temp.path)).toEqual(["../d@x", "git@h:c.git", "https://h/a", "ssh://h/z"]);
});

test("no configuration has no remotes, and one that cannot be read has none that are known", () => {
  using temp = tempFolder();
  expect(readRemotes(temp.path)).toEqual([]);
  mkdirSync(temp.at("config"));
  expect(readRemotes(temp.path)).toBeUndefined();
});
