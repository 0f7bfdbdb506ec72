import type { Spawner } from "../host/process/spawner.ts";
import type { Slots } from "../run/slots.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";

/** What a run has, for what carries out the services that its tasks use. */
export interface Wiring {
  readonly opened: Opened;
  readonly io: Io;
  readonly spawner: Spawner;
  readonly slots: Slots;
  readonly cores: number;
  readonly global: Partial<GlobalFlags>;
}
