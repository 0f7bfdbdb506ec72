/** Preloaded: says on stderr, at the end of a process, which files it loaded. */
process.on("exit", () => {
  for (const path of Object.keys(require.cache)) {
    console.error(`module ${path}`);
  }
});
