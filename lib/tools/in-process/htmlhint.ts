import { readFileSync } from "node:fs";
// The main file is a bundle without types; this is what it is made of.
import { HTMLHint } from "htmlhint/dist/core/core.js";
import { codePointColumnOfUtf16 } from "../../core/columns.ts";
import { type ModuleFile, SyntaxFault, type ToolFinding, type ToolModule } from "../../core/tool.ts";

type Ruleset = NonNullable<Parameters<typeof HTMLHint.verify>[1]>;
type Hint = ReturnType<typeof HTMLHint.verify>[number];

let rules: Ruleset | undefined;

/** A comment in the file may change the rules, for which the library writes into the object that it is given. */
function hintsIn(text: string): readonly Hint[] {
  try {
    return HTMLHint.verify(text, { ...rules });
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw error;
    }
    throw new SyntaxFault("the value of a rule in the htmlhint comment is not JSON", 1, 1);
  }
}

function findingOf({ type, message, line, col, rule }: Hint, path: string, lines: readonly string[]): ToolFinding {
  return {
    path,
    rule: rule.id,
    severity: type,
    line,
    column: codePointColumnOfUtf16(lines[line - 1] ?? "", Math.max(1, col)),
    message: message.replace(/\s+/g, " ").trim(),
    ...(rule.link === undefined ? {} : { url: rule.link }),
  };
}

const module: ToolModule = {
  load(configPath) {
    rules = configPath === undefined ? undefined : (JSON.parse(readFileSync(configPath, "utf8")) as Ruleset);
  },
  check({ path, text }: ModuleFile) {
    const body = text.replace(/^\uFEFF/, "");
    const lines = body.split(/\r?\n/);
    return hintsIn(body).map((hint) => findingOf(hint, path, lines));
  },
};

export default module;
