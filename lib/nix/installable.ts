import { type Problem, ProblemError } from "../core/problem.ts";

/** One thing to build, as the user named it. */
export interface Installable {
  /** As Nix takes it. */
  readonly reference: string;
  /** Of the link to what is built; each output has its own, so that no two builds write the same. */
  readonly link: string;
}

/** The flake's default where `name` is undefined, one of its outputs, or a reference with `#` to one of another flake. */
export function installableOf(name: string | undefined): Installable {
  if (name === undefined || name === "default") {
    return { reference: ".", link: "result" };
  }
  const at = name.indexOf("#");
  const attribute = at < 0 ? name : name.slice(at + 1);
  const isSound = !/[\s\p{Cc}]/u.test(name) && attribute !== "" && !attribute.startsWith("-");
  if (!isSound) {
    throw new ProblemError(noOutput(name));
  }
  return { reference: at < 0 ? `.#${name}` : name, link: `result-${linkName(attribute)}` };
}

/** A dev shell of the flake, which is built as any derivation. */
export function shellInstallable(name: string, system: string): Installable {
  const attribute = `devShells.${system}.${name}`;
  return { reference: `.#${attribute}`, link: `result-${linkName(attribute)}` };
}

/** Outputs behind `^` are Nix's own to number; what a file's name had better not hold is left out. */
function linkName(attribute: string): string {
  return attribute.replace(/\^.*$/, "").replaceAll(/[^\w.+-]+/g, "-");
}

function noOutput(name: string): Problem {
  return {
    kind: "wrong-use",
    message: `\`${name}\` is no name of an output`,
    hint: "`k nix:show` lists them: name one, such as `qcow2`, or a whole path, such as `checks.x86_64-linux.format`",
  };
}
