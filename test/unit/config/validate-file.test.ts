import { expect, test } from "bun:test";
import { fileKinds } from "../../../lib/core/file-kind.ts";
import { validateFile } from "../../../lib/config/validate-file.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { shown, toolNames } from "./support.ts";

const validate = (path: string): readonly string[] =>
  validateFile({ path, label: "it.toml", toolNames, kindNames: fileKinds }).map(shown);

test("a file that is right has no problems", () => {
  using temp = tempFolder({
    "it.toml": '[tools.ruff]\nconfig = "conf/ruff.toml"\n[tasks]\ndir = "tasks"\n',
    "conf/ruff.toml": "",
    "tasks/a.ts": "",
  });
  expect(validate(temp.at("it.toml"))).toEqual([]);
});

test("files and folders that it names must be there", () => {
  using temp = tempFolder({
    "it.toml":
      '[tools.ruff]\nconfig = "conf/ruf.toml"\n[tools.black]\nconfig = "conf"\n[tasks]\ndir = "conf/ruff.toml"\n[hooks]\ndir = "conf/ruff.toml/x"\n',
    "conf/ruff.toml": "",
  });
  expect(validate(temp.at("it.toml"))).toEqual([
    'it.toml:2:10: `tools.ruff.config` names "conf/ruf.toml", and there is no such file',
    'it.toml:4:10: `tools.black.config` must name a file, and "conf" is a folder',
    'it.toml:6:7: `tasks.dir` must name a folder, and "conf/ruff.toml" is a file',
    'it.toml:8:7: `hooks.dir` names "conf/ruff.toml/x", and there is no such folder',
  ]);
});

test("all that is wrong with a file is told, and that there is none", () => {
  using temp = tempFolder({ "it.toml": "[lint]\nstrict = 1\nx = 1\n" });
  expect(validate(temp.at("it.toml"))).toEqual([
    "it.toml:2:10: `lint.strict` must be true or false, found the number 1",
    "it.toml:3:1: unknown key `x` in [lint]",
  ]);
  expect(validate(temp.at("other.toml"))).toEqual(["it.toml: there is no such file"]);
});
