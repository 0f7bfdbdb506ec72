/** Stands before all that a hook of git loads, as `run-gate.ts` does before a run: git calls one with each commit. */
import { passGate } from "./pass-gate.ts";

passGate("hook");
