import type { Output } from "./output.ts";
import type { InputPipe, OutputStream } from "./request.ts";

/** A process right after its start. */
export interface Launched {
  readonly child: Bun.Subprocess;
  readonly outputs: readonly Output[];
  readonly input: InputPipe | undefined;
}

export type Receive = (stream: OutputStream, bytes: Uint8Array) => void;
export type Env = Readonly<Record<string, string | undefined>>;
