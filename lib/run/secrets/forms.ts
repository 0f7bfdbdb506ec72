import { shortestSecret } from "./find-secrets.ts";

/**
 * All the ways in which a value is looked for: as it is, each of its lines, in a URL, in JSON, and in base64, also where it is only a
 * part of what was encoded.
 */
export function formsOf(value: string): readonly string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const texts = [value, ...(lines.length > 1 ? lines : [])];
  const forms = texts.flatMap((text) => [text, ...inUrl(text), JSON.stringify(text).slice(1, -1), ...inBase64(text)]);
  return [...new Set(forms)].filter((form) => [...form.slice(0, 2 * shortestSecret)].length >= shortestSecret);
}

function inUrl(text: string): readonly string[] {
  // A lone half of a surrogate pair cannot be encoded.
  const encoded = encodeURIComponent(text.toWellFormed());
  const form = encoded.replaceAll("%20", "+").replace(/[!'()*~]/g, percent);
  return [encoded, encoded.replace(/[!'()*]/g, percent), form].flatMap((one) => [one, one.replace(/%../g, lower)]);
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
const lower = (code: string): string => code.toLowerCase();

/**
 * Base64 takes three bytes at a time, so a value inside something longer, such as `user:value`, shows in one of three shapes; the
 * characters at either end that its neighbours have a part in are left out.
 */
function inBase64(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const shapes = [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const whole = padded.toString("base64").replace(/=+$/, "").slice([0, 2, 3][before]);
    // Where something follows, its first bits are in the last character.
    return padded.length % 3 === 0 ? [whole] : [whole, whole.slice(0, -1)];
  });
  return shapes.flatMap((shape) => [shape, shape.replaceAll("+", "-").replaceAll("/", "_")]);
}
