import type { RunEvent } from "../../core/event.ts";
import { findSecrets, type SecretNames } from "./find-secrets.ts";

/** What keeps the secrets of an environment out of all that is told of a run. */
export interface Guard {
  /** One text, whole. */
  text(text: string): string;
  /** Texts of files, of which reports show lines. */
  source(read: ReadSource): ReadSource;
  /** Hands events on without secrets. */
  events(tell: (event: RunEvent) => void): (event: RunEvent) => void;
}

type ReadSource = (path: string) => string | undefined;

const nothingSecret: Guard = { text: (text) => text, source: (read) => read, events: (tell) => tell };

/** Costs a look at the names where there is no secret; all that takes them out loads only where there is one. */
export async function guardOf(env: Readonly<Record<string, string | undefined>>, names?: SecretNames): Promise<Guard> {
  const secrets = findSecrets(env, names);
  if (secrets.length === 0) {
    return nothingSecret;
  }
  const [{ Redactor }, { cleanEvents }] = await Promise.all([import("./redactor.ts"), import("./clean-events.ts")]);
  const redactor = new Redactor(secrets);
  const clean = (text: string): string => redactor.text(text);
  return {
    text: clean,
    source: (read) => remembering((path) => mapText(read(path), clean)),
    events: (tell) => cleanEvents(redactor, tell),
  };
}

function mapText(text: string | undefined, map: (text: string) => string): string | undefined {
  return text === undefined ? undefined : map(text);
}

/** A report asks for the same file once for each of its findings. */
function remembering(read: ReadSource): ReadSource {
  const known = new Map<string, string | undefined>();
  return (path) => {
    if (!known.has(path)) {
      known.set(path, read(path));
    }
    return known.get(path);
  };
}
