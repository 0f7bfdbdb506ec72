import type { Colors } from "picocolors/types";
import type { Severity } from "../core/finding.ts";

type Paint = (text: string) => string;

/** Colours by what they mean; each hands its text back as it is where the terminal has none. */
export interface Style {
  readonly colour: boolean;
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly note: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

const bare: Paint = (text) => text;

export function createStyle(colour: boolean): Style {
  const plain = { green: bare, red: bare, yellow: bare, cyan: bare, dim: bare, bold: bare };
  const { green, red, yellow, cyan, dim, bold } = colour ? colours() : plain;
  return {
    colour,
    good: green,
    bad: red,
    warn: yellow,
    note: cyan,
    dim,
    strong: bold,
    severity: { error: red, warning: yellow, info: cyan },
  };
}

/** Loaded only where there are colours: picocolors looks at `process.stdout`, which costs Bun about 10 ms to make. */
function colours(): Colors {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where there is colour
  const { createColors } = require("picocolors") as typeof import("picocolors");
  return createColors(true);
}
