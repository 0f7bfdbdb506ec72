// `import text from "./x.css" with { type: "text" }`: Bun puts the file's text into the program, also into the built one.
declare module "*.css" {
  const text: string;
  export default text;
}

/** Scripts for browsers: plain JavaScript, sent as it stands. */
declare module "*.browser.js" {
  const text: string;
  export default text;
}
