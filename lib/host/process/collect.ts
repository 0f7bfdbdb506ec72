import type { Receive } from "./launched.ts";
import { lineEndsOfTerminal, textDecoder, type TextOf } from "./output-text.ts";
import type { OutputStream, SpawnRequest } from "./request.ts";

/** Hands the output of one process on, as bytes and as text, and keeps it where the request wants that. */
export interface Collector {
  /** Undefined where nobody wants the output. */
  readonly receive: Receive | undefined;
  /** Hands on what a broken last character left behind; what was collected. */
  end(): { readonly stdout: string; readonly stderr: string };
}

export function collect({ onOutput, onBytes, capture = true, terminal }: SpawnRequest): Collector {
  const wantsText = onOutput !== undefined || capture;
  // Most that succeeds prints nothing.
  const decoders: { [S in OutputStream]?: TextOf } = {};
  const decoderOf = (stream: OutputStream): TextOf =>
    (decoders[stream] ??= terminal === undefined ? textDecoder() : lineEndsOfTerminal(textDecoder()));
  const kept: Record<OutputStream, string[]> = { stdout: [], stderr: [] };
  const take = (stream: OutputStream, text: string) => {
    if (text === "") {
      return;
    }
    if (capture) {
      kept[stream].push(text);
    }
    onOutput?.(stream, text);
  };
  const receive: Receive = (stream, bytes) => {
    onBytes?.(stream, bytes);
    if (wantsText) {
      take(stream, decoderOf(stream)(bytes));
    }
  };
  return {
    receive: wantsText || onBytes !== undefined ? receive : undefined,
    end() {
      for (const stream of ["stdout", "stderr"] as const) {
        take(stream, decoders[stream]?.end() ?? "");
      }
      return { stdout: kept.stdout.join(""), stderr: kept.stderr.join("") };
    },
  };
}
