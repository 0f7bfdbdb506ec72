import { ProblemError } from "./problem.ts";

/** Whether something that cannot be undone may be done: somebody answers, has said yes, only wants to know, or is not there. */
export type Consent =
  /** Rejects where the user wants to stop. */
  { readonly kind: "ask"; ask(question: string): Promise<boolean> } | { readonly kind: "yes" | "tell" | "refuse" };

/**
 * Resolves with whether to go on; what will be lost has been shown before. Throws a `ProblemError` where nobody can be
 * asked; `otherwise` then says what is not done.
 */
export async function agreed(consent: Consent, question: string, otherwise: string): Promise<boolean> {
  switch (consent.kind) {
    case "yes":
      return true;
    case "tell":
      return false;
    case "refuse":
      throw new ProblemError({
        kind: "refused",
        what: `${otherwise}: there is nobody to ask here`,
        hint: "add --yes if you mean it",
      });
    case "ask":
      return consent.ask(question);
  }
}
