/** Preloaded: says on stderr, at the end of a process, which packages it loaded. */
process.on("exit", () => {
  const names = Object.keys(require.cache).flatMap(
    (path) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []
  );
  for (const name of new Set(names)) {
    console.error(`loads ${name}`);
  }
});
