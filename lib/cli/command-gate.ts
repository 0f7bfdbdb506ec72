/** Stands before the command line, which knows all tasks by what they declare, as `run-gate.ts` does before a run. */
import { passGate } from "./pass-gate.ts";

passGate("command");
