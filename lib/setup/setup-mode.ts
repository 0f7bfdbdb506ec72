import type { Question } from "./step.ts";

/** Somebody who answers. Both reject where the user wants to stop, with an error that the caller knows. */
export interface Prompter {
  confirm(message: string, initial: boolean): Promise<boolean>;
  text(question: Question): Promise<string>;
}

/** `asks` has somebody to ask; `yes` does without asking; `tells` changes nothing. */
export type SetupMode = Doer | { readonly kind: "tells" };

export type Doer = { readonly kind: "asks"; readonly prompter: Prompter } | { readonly kind: "yes" };

export interface SetupScreen {
  readonly columns: number;
  /** To stdout. */
  print(text: string): void;
}
