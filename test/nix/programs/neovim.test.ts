import { expect } from "bun:test";
import { join } from "node:path";
import tools from "../../../nix/tools.json" with { type: "json" };
import { home, sandbox } from "../../support/sandbox.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { loadFine } from "../../unit/config/support.ts";
import { nixTest } from "../support/nix-test.ts";
import { needing, programOf, programsData, pureNix, run, withRealInputs, withStandIns } from "../support/programs.ts";

const { test } = await nixTest();
const system = "/usr/bin:/bin";
const path = process.env["PATH"] ?? "";

/** Those of the readme, and two more. */
const servers = "bashls dockerls gopls jsonls lua_ls marksman nil_ls pyright rust_analyzer taplo ts_ls yamlls".split(
  " "
);

test("no key is mapped twice or is the beginning of another, and none points at what is not there", async (nix) => {
  const { neovim } = await programsData(nix);
  expect(neovim.problems).toEqual([]);
  expect(neovim.groups.flatMap(({ maps }) => maps).length).toBeGreaterThan(150);
});

test("the check finds each of these faults, and says where", async (nix) => {
  const faults: readonly [maps: string, finding: string][] = [
    [
      `{ key = "gd"; cmd = "only"; desc = "d"; } { key = "gd"; cmd = "only"; desc = "d"; }`,
      "gd is mapped 2 times in mode n",
    ],
    [
      `{ key = "<Leader>q"; cmd = "only"; desc = "d"; } { key = "<leader>qs"; cmd = "only"; desc = "d"; }`,
      "<Leader>q is a map of mode n and the beginning of <leader>qs",
    ],
    [`{ key = "gr"; cmd = "only"; desc = "d"; }`, "gr is a map of mode n and the beginning of gr"],
    [`{ key = "x"; cmd = "Nothing now"; desc = "d"; }`, "x: there is no command Nothing"],
    [`{ key = "x"; cmd = "Trouble"; plugin = "p"; desc = "d"; }`, "x: there is no command Trouble of p"],
    [`{ key = "x"; keys = "<Plug>RestNvim"; desc = "d"; }`, "x: it is a <Plug>, which nothing here provides"],
    [`{ key = "x"; lua = "require(\\"gone\\").f()"; plugin = "p"; desc = "d"; }`, "x: there is no module gone of p"],
    [`{ key = "x"; lua = "Gone.f()"; desc = "d"; }`, "x: there is no Gone"],
    [`{ key = "x"; cmd = "Have"; plugin = "q"; desc = "d"; }`, "x: there is no plugin q"],
    [`{ key = "x"; desc = "d"; }`, "x: it does nothing"],
    [`{ key = "x"; cmd = "only"; }`, "x: it is not described"],
    [`{ key = "ys"; cmd = "only"; desc = "d"; }`, "ys is mapped 2 times in mode n"],
  ];
  const check = (maps: string): string => `import (programs + /neovim/check.nix) {
    groups = [ { name = "g"; maps = [ ${maps} ]; } ];
    plugins.p = { commands = [ "Have" ]; modules = [ "had" ]; globals = [ "Snacks" ]; keys = [ [ "n" "ys" ] ]; };
  }`;
  const found = await pureNix(nix, `[ ${faults.map(([maps]) => `(${check(maps)})`).join(" ")} ]`);
  for (const [index, [maps, finding]] of faults.entries()) {
    expect({ maps, found: (found as string[][])[index]?.join("; ") ?? "" }).toEqual({
      maps,
      found: expect.stringContaining(finding),
    });
  }
  const fine = check(
    `{ key = "<leader>a"; cmd = "Have it"; plugin = "p"; desc = "d"; } { mode = [ "x" ]; key = "<leader>ab"; lua = "require(\\"had\\").f() Snacks.x()"; plugin = "p"; desc = "d"; }`
  );
  expect(await pureNix(nix, fine)).toEqual([]);
});

test("all servers of the readme are there, and more than twenty plugins", async (nix) => {
  const { neovim } = await programsData(nix);
  expect(Object.keys(neovim.servers).sort()).toEqual(servers);
  expect(Object.keys(neovim.plugins).length).toBeGreaterThan(20);
});

interface Module {
  readonly imports: readonly {
    readonly plugins?: Readonly<Record<string, { readonly enable?: boolean }>>;
    readonly extraConfigLua?: string;
    readonly extraConfigLuaPre?: string | { readonly content: string };
  }[];
}

withStandIns(test)(
  "what nixvim is given enables the plugins that the check knows, each a package of nixpkgs",
  async (nix) => {
    const { imports } = (await nix.evaluate(programOf("neovim"), "n: n.module")) as Module;
    const { neovim } = await programsData(nix);
    const enabled = imports.flatMap(({ plugins = {} }) =>
      Object.entries(plugins).flatMap(([name, { enable }]) => (enable === true ? [name] : []))
    );
    const known = Object.entries(neovim.plugins).flatMap(([name, { extra }]) => (extra === true ? [] : [name]));
    // lz-n loads the others.
    expect([...new Set(enabled)].sort()).toEqual([...known, "lz-n"].sort());
    const packages = Object.values(neovim.plugins).map((row) => row.package);
    const nixpkgs = nix.inputPaths.get("nixpkgs");
    const lacks = `let p = (import ${nixpkgs} { system = "x86_64-linux"; }).vimPlugins; in builtins.filter (n: !(p ? \${n})) (builtins.fromJSON ''${JSON.stringify(packages)}'')`;
    expect(await pureNix(nix, lacks)).toEqual([]);
  }
);

needing(withStandIns(test), "luajit")("all Lua of ours is Lua", async (nix) => {
  const { imports } = (await nix.evaluate(programOf("neovim"), "n: n.module")) as Module;
  const { neovim } = await programsData(nix);
  const texts = [
    ...imports.flatMap(({ extraConfigLua = "" }) => extraConfigLua),
    ...neovim.groups.flatMap(({ maps }) => maps.flatMap(({ lua = "" }) => lua)),
  ];
  for (const file of new Bun.Glob("nix/programs/neovim/lua/*.lua").scanSync({ cwd: home })) {
    texts.push(await Bun.file(join(home, file)).text());
  }
  using folder = tempFolder();
  // Each is a chunk of its own: a `local` of one may not be lacking in another.
  for (const [index, text] of texts.entries()) {
    folder.write(`${index}.lua`, text);
  }
  const check = `for i = 0, ${texts.length - 1} do local f, e = loadfile("${folder.path}/" .. i .. ".lua"); if not f then print(e) end end`;
  expect(await run(["luajit", "-e", check], { PATH: path })).toEqual({ exitCode: 0, stdout: "", stderr: "" });
});

test("the editor formats with the owners of `k format`, and lints with its tools", async (nix) => {
  const { neovim } = await programsData(nix);
  const owners = Object.fromEntries(
    Object.entries(neovim.formatters).flatMap(([tool, { kinds }]) => kinds.map((kind) => [kind, tool]))
  );
  expect(owners).toEqual({ ...loadFine({}).config.format.owners });
  const wrapped = new Set(tools.flatMap(({ name, nix: attribute }) => (attribute === null ? [] : [name])));
  const used = [...Object.keys(neovim.formatters), ...Object.keys(neovim.linters)];
  expect(used.filter((name) => !wrapped.has(name))).toEqual([]);
});

/** As the wrapper of each tool gives it its configuration; the programs are those of the lockfile, or of this machine. */
const callable: readonly {
  tool: string;
  argv: readonly string[];
  env?: Readonly<Record<string, string>>;
  file: string;
  text: string;
}[] = [
  {
    tool: "biome",
    argv: [process.execPath, join(home, "node_modules/@biomejs/biome/bin/biome")],
    env: { BIOME_CONFIG_PATH: join(home, "nix/config/biome/biome.json") },
    file: "a.ts",
    text: "const  a = {b:1,\n c:'x'}\nexport { a }\n",
  },
  {
    tool: "prettier",
    argv: [
      process.execPath,
      join(home, "node_modules/prettier/bin/prettier.cjs"),
      "--config",
      join(home, "nix/config/prettier/prettier.config.json"),
      "--no-editorconfig",
    ],
    file: "a.md",
    text: "#  A\n* one\n* two\n\n```js\nlet a='x'\n```\n",
  },
  {
    tool: "rustfmt",
    argv: ["/usr/bin/rustfmt", "--config-path", join(home, "nix/config/rustfmt/rustfmt.toml")],
    file: "a.rs",
    text: "fn main ( ) {let a=1 ;}\n",
  },
];

for (const { tool, argv, env = {}, file, text } of callable) {
  needing(test, argv[0] ?? "")(`${tool} in the editor writes what \`k format\` writes`, async (nix) => {
    const { neovim } = await programsData(nix);
    await using project = await sandbox({ [file]: text });
    const words = (neovim.formatters[tool]?.args ?? []).map((word) =>
      word.replace("$FILENAME", join(project.root, file))
    );
    const inEditor = await run([...argv, ...words], { ...project.env, PATH: system, ...env }, text);
    expect(inEditor.exitCode).toBe(0);
    expect((await project.kWith({ env: { PATH: system } }, "format", file)).exitCode).toBe(0);
    expect(inEditor.stdout).toBe(await project.read(file));
    expect(inEditor.stdout).not.toBe(text);
  });
}

needing(withRealInputs(test), "luajit")(
  "the real nixvim takes every option, and its init.lua is Lua with every key in it",
  async (nix) => {
    const content = String(await nix.evaluate(`${programOf("neovim")}.unwrapped.config.content`));
    const { neovim } = await programsData(nix);
    using folder = tempFolder({ "init.lua": content });
    expect(await run(["luajit", "-bl", folder.at("init.lua"), folder.at("out")], { PATH: path })).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
    expect(content.match(/<plug>/i)).toBeNull();
    const missing = neovim.groups
      .flatMap(({ maps }) =>
        maps.filter(({ key }) => !content.includes(JSON.stringify(key)) && !content.includes(`${key} = {`))
      )
      .map(({ key }) => key);
    expect(missing).toEqual([]);
    for (const server of servers) {
      expect(content).toContain(`"${server}"`);
    }
  }
);
