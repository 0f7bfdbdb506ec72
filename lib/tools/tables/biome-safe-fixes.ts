/**
 * The rules of biome 2.6.8 whose fix `--write` applies, as `biome explain RULE` says: its reports do not. A fix that
 * biome calls unsafe is applied to nothing.
 */
const rules: Readonly<Record<string, string>> = {
  complexity:
    "noAdjacentSpacesInRegex noBannedTypes noDivRegex noExtraBooleanCast noPlaywrightUselessAwait " +
    "noUnnecessaryTemplateExpression noUselessContinue noUselessEmptyExport noUselessEscapeInRegex noUselessLabel " +
    "noUselessLoneBlockStatements noUselessRename noUselessReturn noUselessStringConcat noUselessThisAlias " +
    "noUselessTypeConstraint noUselessUndefined noUselessUndefinedInitialization useArrowFunction useFlatMap " +
    "useNumericLiterals useRegexLiterals useSimpleNumberKeys useSimplifiedLogicExpression useWhile",
  correctness:
    "noGlobalDirnameFilename noNonoctalDecimalEscape noProcessGlobal noSwitchDeclarations noUnusedLabels " +
    "noVueDataObjectDeclaration useImportExtensions useJsonImportAttributes",
  performance: "useGoogleFontPreconnect",
  security: "noBlankTarget",
  style:
    "noImplicitBoolean noInferrableTypes noNegationElse noRestrictedTypes noUnusedTemplateLiteral noUselessElse " +
    "noYodaExpression useArrayLiterals useAsConstAssertion useCollapsedElseIf useCollapsedIf " +
    "useConsistentArrowReturn useConsistentObjectDefinitions useConsistentTestIt useConst useEnumInitializers " +
    "useExponentiationOperator useExportType useImportType useNamingConvention useNodeAssertStrict " +
    "useNumberNamespace useNumericSeparators useObjectSpread useSelfClosingElements useShorthandFunctionType " +
    "useTrimStartEnd useUnicodeRegex",
  suspicious:
    "noBiomeFirstException noCompareNegZero noConstEnum noEmptyInterface noExtraNonNullAssertion " +
    "noMisleadingCharacterClass noOctalEscape noPrototypeBuiltins noQuickfixBiome noReactSpecificProps " +
    "noRedundantUseStrict noTsIgnore noUselessEscapeInString useBiomeIgnoreFolder useNamespaceKeyword " +
    "useNumberToFixedDigitsArgument useStrictMode",
};

/** Such as `lint/style/useConst`. */
export const biomeSafeFixes: ReadonlySet<string> = new Set(
  Object.entries(rules).flatMap(([group, names]) => names.split(" ").map((name) => `lint/${group}/${name}`))
);
