// House rules for JavaScript and TypeScript. None needs types, so a file can be checked without its project, and none
// is about layout: that is the formatter's.
import { createRequire } from "node:module";
import js from "@eslint/js";
import globals from "globals";

const require = createRequire(import.meta.url);

// TypeScript's parser and rules take longer to load than all of ESLint, so they wait until a TypeScript file asks.
const typescriptEslint = () => require("typescript-eslint");

const everyFile = ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"];
const typescriptFiles = ["**/*.{ts,tsx,mts,cts}"];

const unused = {
  argsIgnorePattern: "^_",
  varsIgnorePattern: "^_",
  caughtErrorsIgnorePattern: "^_",
  destructuredArrayIgnorePattern: "^_",
  ignoreRestSiblings: true,
};

const houseRules = {
  "no-console": ["warn", { allow: ["warn", "error", "info"] }],
  "no-debugger": "error",
  "no-unused-vars": ["error", unused],
  // What runs later may name what stands below; only a use before the declaration ran is a fault.
  "no-use-before-define": ["error", { functions: false, classes: false, variables: false }],
  "prefer-const": "error",
  "no-var": "error",
  eqeqeq: ["error", "always", { null: "ignore" }],
  // Always: a formatter may move a statement without braces to a line of its own.
  curly: ["error", "all"],
  "no-throw-literal": "error",
  "no-implicit-coercion": "error",
  "no-param-reassign": [
    "error",
    {
      props: true,
      ignorePropertyModificationsFor: [
        "acc",
        "accumulator",
        "ctx",
        "context",
        "e",
        "event",
        "req",
        "request",
        "res",
        "response",
        "draft",
        "state",
      ],
    },
  ],
  "no-shadow": "error",
  "require-await": "error",
  "no-async-promise-executor": "error",
  "no-promise-executor-return": "error",
  // Escape sequences of terminals are matched like this, and biome says it as well.
  "no-control-regex": "off",
};

/** Rules of ESLint that misread TypeScript, each replaced by the version that knows it. */
const typescriptRules = {
  "no-unused-vars": "off",
  "@typescript-eslint/no-unused-vars": ["error", unused],
  "no-use-before-define": "off",
  "@typescript-eslint/no-use-before-define": [
    "error",
    { functions: false, classes: false, variables: false, enums: false, typedefs: false, ignoreTypeReferences: true },
  ],
  "no-shadow": "off",
  "@typescript-eslint/no-shadow": "error",
  "@typescript-eslint/no-explicit-any": "off",
  // An interface may ask for a promise where there is nothing to wait for: tsc knows, this rule cannot.
  "require-await": "off",
};

/** The rules of the presets that typescript-eslint recommends where no types are at hand. */
const recommendedForTypescript = () =>
  Object.assign({}, ...typescriptEslint().configs.recommended.map((config) => config.rules ?? {}));

export default [
  // Files are named one by one, so nothing that was named may be left out.
  { ignores: ["!**/node_modules/"] },
  {
    name: "k/all",
    files: everyFile,
    linterOptions: {
      // Written for the project's own rules, of which there are more than these.
      reportUnusedDisableDirectives: "off",
      reportUnusedInlineConfigs: "off",
    },
    languageOptions: {
      ecmaVersion: "latest",
      sourceType: "module",
      parserOptions: { ecmaFeatures: { jsx: true } },
      globals: { ...globals.browser, ...globals.node, Bun: "readonly" },
    },
    rules: { ...js.configs.recommended.rules, ...houseRules },
  },
  {
    name: "k/typescript",
    files: typescriptFiles,
    plugins: {
      get "@typescript-eslint"() {
        return typescriptEslint().plugin;
      },
    },
    languageOptions: {
      get parser() {
        return typescriptEslint().parser;
      },
    },
    get rules() {
      return { ...recommendedForTypescript(), ...typescriptRules };
    },
  },
  {
    name: "k/commonjs",
    files: ["**/*.{cjs,cts}"],
    languageOptions: { sourceType: "commonjs" },
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    name: "k/tests",
    files: ["**/*.{test,spec}.{js,jsx,mjs,cjs,ts,tsx,mts,cts}", "**/{test,tests,__tests__,__mocks__}/**"],
    languageOptions: { globals: { ...globals.jest, ...globals.mocha, vi: "readonly" } },
    rules: { "no-console": "off" },
  },
  { name: "k/programs", files: ["**/bin/**"], rules: { "no-console": "off" } },
];
