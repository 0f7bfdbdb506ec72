/**
 * Answers a shell's question on stdout. A way of its own past all of `k`'s start, so that a TAB costs little more than Bun
 * itself: no streams of node, no `node:fs`. It says nothing where anything goes wrong, for it would be said into a prompt.
 */
export async function answerShell(argv: readonly string[], home: string): Promise<void> {
  try {
    const { complete } = await import("./complete.ts");
    const text = await complete(argv, { env: process.env, home, cwd: process.cwd() });
    if (text !== "") {
      // Not process.stdout: Bun needs ten milliseconds to make it.
      await Bun.write(Bun.stdout, `${text}\n`);
    }
  } catch {
    // The shell completes nothing then, which is all that there is to say.
  }
}
