import type { PushedRef } from "../core/hook.ts";

/** An object id of zeros stands for none. */
const none = /^0+$/;

/**
 * What `git push` writes to pre-push: a line per ref, `<local ref> <local id> <remote ref> <remote id>` (githooks(5)).
 * A ref's name has no space; what was pushed may be named by an expression, and that may have.
 */
export function parsePushed(stdin: string): readonly PushedRef[] {
  return stdin.split("\n").flatMap((line): readonly PushedRef[] => {
    const match = /^(.*) ([0-9a-f]{40,64}) (\S+) ([0-9a-f]{40,64})$/.exec(line);
    if (match === null) {
      return [];
    }
    const [, localRef = "", localId = "", remoteRef = "", remoteId = ""] = match;
    return [{ localRef, localId: idOf(localId), remoteRef, remoteId: idOf(remoteId) }];
  });
}

function idOf(text: string): string | undefined {
  return none.test(text) ? undefined : text;
}
