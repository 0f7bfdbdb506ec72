export { checkFile, fixFile } from "./check-file.ts";
export { type NativeOptions, type NativeRule, toolName } from "./rule.ts";
export { type NativeResult, judgeLinks, runNativeChecks } from "./run-native-checks.ts";
