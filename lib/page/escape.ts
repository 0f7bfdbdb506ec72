const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as HTML shows it, in an element or between quotes in an attribute. A browser takes no NUL, and it shows nothing. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (found) => entities[found] ?? "").replaceAll("\0", "\ufffd");
}

/** A value as JSON that may stand inside `<script>`: nothing in it can end the element or begin a comment. */
export function scriptData(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`
  );
}
