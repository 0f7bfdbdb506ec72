import { join } from "node:path";
import { ESLint } from "eslint";
import type { ModuleFile, ToolModule } from "../../core/tool.ts";
import { findingsOf, isBroken } from "./eslint/findings.ts";

let config: string | undefined;

const instances = new Map<string, ESLint>();

interface Options {
  readonly root: string;
  readonly fix: boolean;
  /** Reads a `.js` file as the script that Node makes of it where no `package.json` says "module". */
  readonly commonjs: boolean;
}

/** `overrideConfigFile` keeps ESLint from looking for a config of the project's; its base path is the working folder. */
function eslintFor({ root, fix, commonjs }: Options): ESLint {
  const key = JSON.stringify([root, fix, commonjs]);
  const known = instances.get(key);
  if (known !== undefined) {
    return known;
  }
  const instance = new ESLint({
    cwd: root,
    overrideConfigFile: config ?? true,
    fix,
    ...(commonjs ? { overrideConfig: { files: ["**/*.{js,jsx}"], languageOptions: { sourceType: "commonjs" } } } : {}),
  });
  instances.set(key, instance);
  return instance;
}

/** A config picks its rules by extension: a script that is known by its `#!` line alone gets one. */
function nameOf({ root, path, kind }: ModuleFile): string {
  const hasOne = /\.([cm]?[jt]s|[jt]sx)$/i.test(path);
  return join(root, hasOne ? path : `${path}.${kind === "typescript" ? "ts" : "js"}`);
}

async function lint(file: ModuleFile, fix: boolean): Promise<ESLint.LintResult | undefined> {
  const filePath = nameOf(file);
  const run = async (commonjs: boolean): Promise<ESLint.LintResult | undefined> =>
    (await eslintFor({ root: file.root, fix, commonjs }).lintText(file.text, { filePath, warnIgnored: false }))[0];
  const asModule = await run(false);
  if (!isBroken(asModule) || !/\.jsx?$/i.test(filePath)) {
    return asModule;
  }
  const asScript = await run(true);
  return isBroken(asScript) ? asModule : asScript;
}

const module: ToolModule = {
  load(configPath) {
    config = configPath;
    instances.clear();
  },
  async check(file) {
    const result = await lint(file, false);
    return result === undefined ? [] : findingsOf(result, file);
  },
  async fix(file) {
    return (await lint(file, true))?.output ?? file.text;
  },
};

export default module;
