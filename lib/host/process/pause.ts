/** Waits so many milliseconds, or until one of these settles; it leaves no timer behind that would hold up the end of `k`. */
export async function pause(ms: number, ...wakes: readonly Promise<unknown>[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  try {
    await Promise.race([promise, ...wakes]);
  } finally {
    clearTimeout(timer);
  }
}

/** One turn of the event loop: all that was ready has been handled after it. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
