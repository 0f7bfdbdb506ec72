/** Turns bytes into text as they arrive: whole characters only, a byte that is none becomes U+FFFD. */
export interface TextOf {
  (bytes: Uint8Array): string;
  /** What is left when no more bytes come. */
  end(): string;
}

export function textDecoder(): TextOf {
  // a byte-order mark is content: it goes through
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return Object.assign((bytes: Uint8Array) => decoder.decode(bytes, { stream: true }), {
    end: () => decoder.decode(),
  });
}

/** Undoes what a terminal does to lines: one `\r\n` is one `\n` again, any other `\r` stays. */
export function lineEndsOfTerminal(text: TextOf): TextOf {
  let held = "";
  const mend = (piece: string): string => {
    const whole = held + piece;
    held = whole.endsWith("\r") ? "\r" : "";
    return (held === "" ? whole : whole.slice(0, -1)).replaceAll("\r\n", "\n");
  };
  return Object.assign((bytes: Uint8Array) => mend(text(bytes)), {
    end: () => {
      const last = mend(text.end()) + held;
      held = "";
      return last;
    },
  });
}
