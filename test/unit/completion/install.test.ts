import { expect, test } from "bun:test";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installCompletions, type InstallPlace, uninstallCompletions } from "../../../lib/completion/install.ts";
import { completionScript } from "../../../lib/completion/script.ts";
import { shells } from "../../../lib/completion/write-answer.ts";

function withHome(act: (home: string, place: InstallPlace) => void): void {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "k complete ")));
  try {
    act(home, { env: { HOME: home }, own: "/opt/it's here/k" });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

test("each script goes where its shell looks, once, and goes away again with nothing else", () => {
  withHome((home, place) => {
    writeFileSync(join(home, ".bashrc"), "mine\n");
    const first = installCompletions(shells, place);
    expect(first.map(({ path, outcome }) => [path.slice(home.length), outcome])).toEqual([
      ["/.local/share/bash-completion/completions/k", "written"],
      ["/.local/share/zsh/site-functions/_k", "written"],
      ["/.config/fish/completions/k.fish", "written"],
    ]);
    expect(installCompletions(shells, place).map(({ outcome }) => outcome)).toEqual(["there", "there", "there"]);
    expect(installCompletions(["fish"], { ...place, own: "/elsewhere/k" })[0]?.outcome).toBe("renewed");
    expect(readdirSync(home).toSorted()).toEqual([".bashrc", ".config", ".local"]);
    expect(readFileSync(join(home, ".bashrc"), "utf8")).toBe("mine\n");
    expect(uninstallCompletions(shells, place).map(({ outcome }) => outcome)).toEqual([
      "removed",
      "removed",
      "removed",
    ]);
    expect(uninstallCompletions(shells, place).map(({ outcome }) => outcome)).toEqual(["absent", "absent", "absent"]);
    expect(readdirSync(join(home, ".config/fish/completions"))).toEqual([]);
  });
});

test("the folders that the environment names are the ones, where they are absolute", () => {
  withHome((home, { own }) => {
    const env = {
      HOME: home,
      XDG_DATA_HOME: join(home, "data"),
      XDG_CONFIG_HOME: "relative",
      BASH_COMPLETION_USER_DIR: join(home, "bc"),
    };
    const paths = installCompletions(shells, { env, own }).map(({ path }) => path.slice(home.length));
    expect(paths).toEqual(["/bc/completions/k", "/data/zsh/site-functions/_k", "/.config/fish/completions/k.fish"]);
  });
});

test("a file of somebody else stays, and a link is followed", () => {
  withHome((home, place) => {
    const [, , fish] = installCompletions(shells, place);
    const path = fish?.path ?? "";
    writeFileSync(path, "complete -c k -a mine\n");
    for (const change of [installCompletions, uninstallCompletions]) {
      const [told] = change(["fish"], place);
      expect(told?.problem).toMatchObject({ kind: "file", path, why: "it is not from k" });
      expect(readFileSync(path, "utf8")).toBe("complete -c k -a mine\n");
    }
    const kept = join(home, "dotfiles/k.fish");
    mkdirSync(dirname(kept));
    writeFileSync(kept, completionScript("fish", "/old/k"));
    rmSync(path);
    symlinkSync(kept, path);
    expect(installCompletions(["fish"], place)[0]?.outcome).toBe("renewed");
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(readFileSync(kept, "utf8")).toBe(completionScript("fish", place.own));
  });
});

test("what cannot be written is told by its path, and the others are written", () => {
  withHome((home, place) => {
    writeFileSync(join(home, ".config"), "a file where a folder should be");
    const told = installCompletions(shells, place);
    expect(told.map(({ outcome }) => outcome)).toEqual(["written", "written", "failed"]);
    expect(told[2]?.problem).toMatchObject({ kind: "file", path: join(home, ".config/fish/completions/k.fish") });
  });
});

test("zsh is told its folder until it knows it", () => {
  withHome((home, place) => {
    expect(installCompletions(["zsh"], place)[0]?.advice).toContain(
      `fpath=('${home}/.local/share/zsh/site-functions' $fpath)`
    );
    writeFileSync(join(home, ".zshrc"), `fpath=('${home}/.local/share/zsh/site-functions' $fpath)\n`);
    expect(installCompletions(["zsh"], place)[0]?.advice).toBeUndefined();
  });
});

for (const shell of shells) {
  const isThere = Bun.which(shell) !== null;
  test.skipIf(!isThere)(
    `the script for ${shell} is good syntax, with an odd path of k in it${isThere ? "" : " (skipped: it is not there)"}`,
    async () => {
      const script = completionScript(shell, '/opt/it\'s \\ "$here"/k');
      const check = Bun.spawn([shell, "-n", "/dev/stdin"], { stdin: Buffer.from(script), stderr: "pipe" });
      expect([await check.stderr.text(), await check.exited]).toEqual(["", 0]);
      const show = Bun.spawn([shell, "-c", `${script.split("\n")[1]}\nprintf %s "$__k_own"`], { stdout: "pipe" });
      expect(await show.stdout.text()).toBe('/opt/it\'s \\ "$here"/k');
    }
  );
}
