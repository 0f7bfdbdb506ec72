import { html, scriptData } from "./escape.ts";
import style from "./page.css" with { type: "text" };

export { html, scriptData };

export interface PageParts {
  /** Plain text. */
  readonly title: string;
  /** CSS that comes behind that of the shell; trusted. */
  readonly style?: string;
  /** HTML: all that comes from outside went through `html`. */
  readonly body: string;
  /** JavaScript, run when the body is there; trusted. Data goes to `data` instead. */
  readonly script?: string;
  /** For the script: `JSON.parse(document.getElementById("data").textContent)`. */
  readonly data?: unknown;
}

/**
 * One HTML page that stands alone: nothing is loaded from anywhere, and the browser is told to refuse all that would be, and every
 * script but those given here. Light or dark as the reader's system is; colours are the variables of `page.css`.
 */
export function page({ title, style: own = "", body, script = "", data }: PageParts): string {
  const scripts = script === "" ? [] : [script];
  const allowed = scripts.map((text) => `'sha256-${new Bun.CryptoHasher("sha256").update(text).digest("base64")}'`);
  const policy = [
    "default-src 'none'",
    `script-src ${allowed.length === 0 ? "'none'" : allowed.join(" ")}`,
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return [
    "<!doctype html>",
    '<html lang="en">',
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${html(policy)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="robots" content="noindex">',
    `<title>${html(title)}</title>`,
    `<style>\n${style}${own}</style>`,
    "</head>",
    "<body>",
    body,
    ...(data === undefined ? [] : [`<script type="application/json" id="data">${scriptData(data)}</script>`]),
    ...scripts.map((text) => `<script>${text}</script>`),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}
