import { expect } from "bun:test";
import { tempFolder } from "../../support/temp-folder.ts";
import { nixTest } from "../support/nix-test.ts";
import { buildProgram, needing, run, withStandIns } from "../support/programs.ts";

const test = withStandIns((await nixTest()).test);

interface StarshipConfig {
  readonly format: string;
  readonly palette: string;
  readonly palettes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly [module: string]: unknown;
}

test("every colour is of the palette, and every module that is set up is shown or switched off", async (nix) => {
  const text = await Bun.file(await buildProgram(nix, "starship.configFile")).text();
  const config = Bun.TOML.parse(text) as StarshipConfig;
  const palette = config.palettes[config.palette] ?? {};
  expect(Object.values(palette).filter((colour) => !/^#[0-9a-f]{6}$/.test(colour))).toEqual([]);

  const shown = [...config.format.matchAll(/\$(\w+)/g)].map(([, name]) => name ?? "");
  for (const [name, module] of Object.entries(config)) {
    if (typeof module !== "object" || module === null || name === "palettes") {
      continue;
    }
    const set = module as Readonly<Record<string, unknown>>;
    expect({ name, isShown: shown.includes(name) }).toEqual({ name, isShown: set["disabled"] !== true });
    const styles = Object.entries(set).flatMap(([key, value]) =>
      key.startsWith("style") || key.endsWith("_symbol") ? (String(value).match(/[a-z]+\d?(?=\)|$)/g) ?? []) : []
    );
    for (const style of styles) {
      expect(Object.keys(palette)).toContain(style);
    }
  }
});

test("the user's own configuration wins", async (nix) => {
  const out = await buildProgram(nix, "starship.package");
  const configFile = await buildProgram(nix, "starship.configFile");
  const env = { PATH: "/usr/bin:/bin", STUB_ENV: "^STARSHIP" };
  expect((await run([`${out}/bin/starship`, "prompt"], env)).stdout).toContain(`STARSHIP_CONFIG=${configFile}\n`);
  const own = await run([`${out}/bin/starship`, "prompt"], { ...env, STARSHIP_CONFIG: "/mine" });
  expect(own.stdout).toContain("STARSHIP_CONFIG=/mine\n");
});

needing(test, "starship")("the real starship takes it without a word, and writes two lines", async (nix) => {
  using folder = tempFolder({ "package.json": "{}", "go.mod": "module x\n" });
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: folder.path,
    TERM: "xterm-256color",
    STARSHIP_CACHE: folder.at("cache"),
    STARSHIP_CONFIG: await buildProgram(nix, "starship.configFile"),
  };
  const asked = ["starship", "prompt", "--path", folder.path, "--terminal-width", "80"];
  const { stdout, stderr, exitCode } = await run(asked, env);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(stdout).toContain("❯");
  expect(stdout.trim().split("\n").length).toBe(2);
});
