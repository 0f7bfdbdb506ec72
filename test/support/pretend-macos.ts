// For `--preload`: the process layer then does without /proc and without what it takes from Linux's C library.
Object.defineProperty(process, "platform", { value: "darwin" });
