export const scaffoldKinds = ["task", "hook", "tool"] as const;

export type ScaffoldKind = (typeof scaffoldKinds)[number];

/** What `k new` was asked for; what is undefined is asked on a terminal. */
export interface ScaffoldCall {
  readonly kind: ScaffoldKind | undefined;
  readonly name: string | undefined;
  readonly summary: string | undefined;
}
