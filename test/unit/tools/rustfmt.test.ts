import { expect, test } from "bun:test";
import { rustfmt } from "../../../lib/tools/rustfmt.ts";
import { folder, output, rewrite, testFixtures, testWith } from "./run-tool.ts";

testFixtures(rustfmt, "format");

testWith(rustfmt, "a project's own config changes nothing", async () => {
  const config = "hard_tabs = true\nmax_width = 30\n";
  using project = folder({ "a.rs": "fn main() {\nlet x = 1;\n}\n", "rustfmt.toml": config, ".rustfmt.toml": config });
  expect((await rewrite(rustfmt, "format", project.path, ["a.rs"])).texts["a.rs"]).toBe(
    "fn main() {\n    let x = 1;\n}\n"
  );
});

testWith(
  rustfmt,
  "files of any name are formatted on their own: not those behind a `mod`, which need not be there",
  async () => {
    using project = folder({
      "-dash.rs": "mod other;\nfn a( ){}\n",
      "two words.rs": "mod gone;\nasync fn a( ){}\r\n",
      "line.rs": "\n",
    });
    const { texts, findings } = await rewrite(rustfmt, "format", project.path, ["-dash.rs", "two words.rs", "line.rs"]);
    expect(texts).toEqual({
      "-dash.rs": "mod other;\nfn a() {}\n",
      "two words.rs": "mod gone;\nasync fn a() {}\n",
      "line.rs": "\n",
    });
    expect(findings.map(({ path, rule }) => [path, rule])).toEqual([
      ["-dash.rs", "format"],
      ["two words.rs", "format"],
    ]);
  }
);

test("messages without a place belong to the one above", () => {
  const stderr = [
    "error: expected expression, found `;`",
    " --> /tmp/a b/x.rs:2:27",
    "  |",
    "error[E0670]: `async fn` is not permitted in Rust 2015",
    "  --> /tmp/x:y.rs:1:1",
    "   |",
    "   = help: pass `--edition 2021`",
    "",
  ].join("\n");
  expect(
    rustfmt.parse?.(output({ stderr, exitCode: 1 }))?.map(({ path, line, column, rule }) => [path, line, column, rule])
  ).toEqual([
    ["/tmp/a b/x.rs", 2, 27, "syntax"],
    ["/tmp/x:y.rs", 1, 1, "E0670"],
  ]);
});
