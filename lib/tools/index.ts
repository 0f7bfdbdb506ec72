import type { Tool } from "../core/tool.ts";
import { actionlint } from "./actionlint.ts";
import { actionsLanguageservice } from "./actions-languageservice.ts";
import { bandit } from "./bandit.ts";
import { biome } from "./biome.ts";
import { black } from "./black.ts";
import { commitlint } from "./commitlint.ts";
import { cspell } from "./cspell.ts";
import { deadnix } from "./deadnix.ts";
import { dockerfilelint } from "./dockerfilelint.ts";
import { eslint } from "./eslint.ts";
import { gitleaks } from "./gitleaks.ts";
import { goVet } from "./go-vet.ts";
import { gofmt } from "./gofmt.ts";
import { gofumpt } from "./gofumpt.ts";
import { golangciLint } from "./golangci-lint.ts";
import { hadolint } from "./hadolint.ts";
import { htmlhint } from "./htmlhint.ts";
import { lychee } from "./lychee.ts";
import { markdownlint } from "./markdownlint.ts";
import { mypy } from "./mypy.ts";
import { nixRules } from "./nix-rules.ts";
import { nixSyntax } from "./nix-syntax.ts";
import { nixpkgsFmt } from "./nixpkgs-fmt.ts";
import { prettier } from "./prettier.ts";
import { ruff } from "./ruff.ts";
import { rumdl } from "./rumdl.ts";
import { rustfmt } from "./rustfmt.ts";
import { secretlint } from "./secretlint.ts";
import { shellcheck } from "./shellcheck.ts";
import { shfmt } from "./shfmt.ts";
import { staticcheck } from "./staticcheck.ts";
import { statix } from "./statix.ts";
import { stylelint } from "./stylelint.ts";
import { taplo } from "./taplo.ts";
import { tsc } from "./tsc.ts";
import { yamllint } from "./yamllint.ts";

/** The tools table. A test holds it equal to the files of this folder. */
export const tools: readonly Tool[] = [
  actionlint,
  actionsLanguageservice,
  bandit,
  biome,
  black,
  commitlint,
  cspell,
  deadnix,
  dockerfilelint,
  eslint,
  gitleaks,
  goVet,
  gofmt,
  gofumpt,
  golangciLint,
  hadolint,
  htmlhint,
  lychee,
  markdownlint,
  mypy,
  nixRules,
  nixSyntax,
  nixpkgsFmt,
  prettier,
  ruff,
  rumdl,
  rustfmt,
  secretlint,
  shellcheck,
  shfmt,
  staticcheck,
  statix,
  stylelint,
  taplo,
  tsc,
  yamllint,
];

export const toolsByName: ReadonlyMap<string, Tool> = new Map(tools.map((tool) => [tool.name, tool]));

export const toolNames: readonly string[] = tools.map(({ name }) => name);

/** A tool that code names; a name that is not in the table is a bug. */
export function toolNamed(name: string): Tool {
  const tool = toolsByName.get(name);
  if (tool === undefined) {
    throw new Error(`the tools table has no ${name}`);
  }
  return tool;
}
