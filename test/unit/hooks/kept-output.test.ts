import { expect, test } from "bun:test";
import { KeptOutput } from "../../../lib/hooks/kept-output.ts";

function kept(pieces: readonly string[]): string {
  const output = new KeptOutput();
  for (const piece of pieces) {
    output.add(piece);
  }
  return output.text();
}

test("output that is not long is kept as it is, however it came", () => {
  const text = "line\n".repeat(12_000);
  expect(kept([])).toBe("");
  expect(kept([text])).toBe(text);
  expect(kept([...text])).toBe(text);
});

test("of a long one both ends are kept, with the size of what is missing between them", () => {
  for (const size of [1, 999, 50_000, 5_000_000]) {
    const text = `first\n${"x".repeat(4_999_990)}\nend`;
    const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, at) =>
      text.slice(at * size, (at + 1) * size)
    );
    const shown = kept(pieces);
    expect([size, shown.startsWith("first\nxxx"), shown.endsWith("xxx\nend")]).toEqual([size, true, true]);
    expect([size, shown.includes("\n… 5 MB left out …\n"), shown.length < 70_000]).toEqual([size, true, true]);
  }
});
