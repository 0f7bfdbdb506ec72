import { type Key, KeyReader } from "./keys.ts";
import type { Entry } from "./rank.ts";
import { type PickerState, pressed, startState } from "./state.ts";
import { pageOf, type PickerStyle, view } from "./view.ts";

/** A terminal whose keys come one by one. */
export interface Keyboard {
  write(text: string): void;
  columns(): number;
  rows(): number;
  onResize(callback: () => void): () => void;
  /** Calls back with what is typed until what it returns is called; `undefined` where there is nobody any more. */
  onInput(callback: (text: string | undefined) => void): () => void;
}

/** How long an ESC may be the beginning of another key, in milliseconds: a slow line may tear one apart. */
const patience = 60;

const enter = "\u001b[?1049h\u001b[?2004h\u001b[H\u001b[2J";
// What was typed before it began, and shown by the terminal, goes too.
const leave = "\u001b[?2004l\u001b[?1049l\r\u001b[K";

/** Lets the user choose one entry; `undefined` where none is wanted. The screen is as before when it is over. */
export async function pick(
  entries: readonly Entry[],
  keyboard: Keyboard,
  style: PickerStyle
): Promise<Entry | undefined> {
  let state = startState(entries);
  let isOver = false;
  const draw = (): void => {
    if (!isOver) {
      keyboard.write(frame(state, keyboard, style));
    }
  };
  keyboard.write(enter);
  const stopResize = keyboard.onResize(draw);
  draw();
  let stopInput: (() => void) | undefined;
  try {
    return await new Promise((resolve) => {
      const reader = new KeyReader();
      let waiting: ReturnType<typeof setTimeout> | undefined;
      const take = (keys: readonly Key[]): void => {
        for (const key of keys) {
          if (key.kind === "cancel") {
            isOver = true;
            resolve(undefined);
            return;
          }
          if (key.kind === "accept") {
            const chosen = state.found[state.chosen];
            if (chosen !== undefined) {
              isOver = true;
              resolve(chosen.entry);
              return;
            }
          }
          state = pressed(state, key, pageOf(keyboard.rows()));
        }
        draw();
      };
      stopInput = keyboard.onInput((text) => {
        clearTimeout(waiting);
        if (text === undefined) {
          resolve(undefined);
          return;
        }
        take(reader.read(text));
        if (reader.isWaiting) {
          waiting = setTimeout(() => take(reader.giveUp()), patience);
        }
      });
    });
  } finally {
    isOver = true;
    stopInput?.();
    stopResize();
    keyboard.write(leave);
  }
}

/** One write, drawn over what is there: nothing flickers. */
function frame(state: PickerState, keyboard: Keyboard, style: PickerStyle): string {
  const { lines, row, column } = view(state, Math.max(10, keyboard.columns()), Math.max(2, keyboard.rows()), style);
  const text = lines.map((line) => `${line}\u001b[K`).join("\r\n");
  return `\u001b[?25l\u001b[H${text}\u001b[J\u001b[${row + 1};${column + 1}H\u001b[?25h`;
}
