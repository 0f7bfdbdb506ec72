import { expect, test } from "bun:test";
import Ajv2020 from "ajv/dist/2020.js";
import { checkDocument } from "../../../lib/config/check-document.ts";
import { jsonSchema } from "../../../lib/config/json-schema.ts";
import { exampleConfig } from "../../../lib/config/reference.ts";
import { names } from "./support.ts";

const validate = new Ajv2020({ strict: true, allErrors: true }).compile(jsonSchema(names));

/** Whether the schema and `k` itself take a document. */
function verdicts(toml: string): { schema: boolean; k: boolean } {
  const document = Bun.TOML.parse(toml) as Readonly<Record<string, unknown>>;
  return { schema: validate(document), k: checkDocument(document, { names }).faults.length === 0 };
}

test("the schema is a valid one of draft 2020-12", () => {
  expect(jsonSchema(names).$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  expect(new Ajv2020().validateSchema(jsonSchema(names))).toBe(true);
});

test("the schema takes what k takes", () => {
  const documents: readonly string[] = [
    "",
    exampleConfig,
    "[project]\nname = 'a b'\n",
    "[lint]\nexclude = ['**/*.{a,b}', '/x', 'a..b', '..a', '.hidden/']\nrequire = ['ruff']\nenable = []\nfail_on = 'tool'\nstrict = true\ntimeout = 1.5\nbase = 'HEAD~2'\n",
    "[format.owners]\npython = 'black'\ncss = 'none'\n",
    "[tools.go-vet]\nconfig = 'a/b.toml'\nargs = ['', '-x', '--a=b c']\nexclude = []\ntimeout = 86400\nfail_on = 'info'\nenabled = false\n",
    "[tools.ruff]\nconfig = 'a..b/..c'\n",
    "[checks]\nmax_file_size = 5\ndisable = ['large-file']\n[commit]\ntypes = ['feat']\nscopes = ['a-b']\nmax_header = 20\n",
    "[checks]\nmax_file_size = '1.5 MiB'\n[spell]\nwords = ['New York', 'é']\n[hooks]\nskip = ['a']\nfix = true\n",
    "[run]\njobs = 1024\ngrace = 0\nfail_fast = true\nreporter = 'github'\n[tasks]\ndir = '.'\n",
  ];
  for (const toml of documents) {
    expect([toml, verdicts(toml)]).toEqual([toml, { schema: true, k: true }]);
  }
});

test("the schema refuses what k refuses", () => {
  const documents: readonly string[] = [
    "[lnt]\n",
    "x = 1\n",
    "lint = 1\n",
    "[lint]\nx = 1\n",
    "[lint]\nfail_on = 'eror'\n",
    "[lint]\nstrict = 'true'\n",
    "[lint]\ntimeout = 0\n",
    "[lint]\ntimeout = 86401\n",
    "[lint]\nexclude = 'a'\n",
    "[lint]\nexclude = [1]\n",
    "[lint]\nexclude = ['']\n",
    "[lint]\nexclude = [' ']\n",
    "[lint]\nexclude = ['!a']\n",
    "[lint]\nexclude = ['../a']\n",
    "[lint]\nexclude = ['a/../b']\n",
    "[lint]\nexclude = ['a/..']\n",
    "[lint]\nexclude = ['./a']\n",
    '[lint]\nexclude = ["a\\nb"]\n',
    "[lint]\nrequire = ['ruf']\n",
    "[lint]\nbase = '-x'\n",
    "[lint]\nbase = 'a b'\n",
    "[lint]\nbase = ''\n",
    "[format.owners]\npyton = 'black'\n",
    "[format.owners]\npython = 'blak'\n",
    "[format.owners]\npython = 1\n",
    "[tools.ruf]\n",
    "[tools]\nruff = 1\n",
    "[tools.ruff]\nconfig = '/a'\n",
    "[tools.ruff]\nconfig = '../a'\n",
    "[tools.ruff]\nconfig = 'a/..'\n",
    "[tools.ruff]\nconfig = '..'\n",
    "[tools.ruff]\nconfig = '~/a'\n",
    "[tools.ruff]\nconfig = ''\n",
    "[tools.ruff]\nconfig = ' '\n",
    "[tools.ruff]\nargs = [1]\n",
    "[checks]\nmax_file_size = 0\n",
    "[checks]\nmax_file_size = 1.5\n",
    "[checks]\nmax_file_size = '1'\n",
    "[checks]\nmax_file_size = '1TB'\n",
    "[checks]\ndisable = ['x']\n",
    "[commit]\ntypes = ['a b']\n",
    "[commit]\ntypes = ['']\n",
    "[commit]\nmax_header = 19\n",
    "[project]\nname = ''\n",
    '[project]\nname = "a\\nb"\n',
    "[run]\njobs = 1.5\n",
    "[run]\nreporter = 'x'\n",
  ];
  for (const toml of documents) {
    expect([toml, verdicts(toml)]).toEqual([toml, { schema: false, k: false }]);
  }
});

test("editors are told what each key means and what holds without it", () => {
  const { properties } = jsonSchema(names) as {
    properties: Record<string, { properties: Record<string, Record<string, unknown>> }>;
  };
  expect(properties.lint?.properties.timeout).toMatchObject({ default: 300, minimum: 1 });
  for (const table of Object.values(properties)) {
    for (const key of Object.values(table.properties ?? {})) {
      expect(typeof key.description).toBe("string");
    }
  }
});
