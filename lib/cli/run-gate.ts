/**
 * To be imported first by a module that a run goes through before it does anything, as the other gates are by what they stand before.
 * A binary looks at its sources a part at a time (`lib/build/parts.ts` says which): at its start only at those of what starts it.
 */
import { passGate } from "./pass-gate.ts";

passGate("run");
