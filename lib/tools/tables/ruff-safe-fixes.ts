/**
 * Which of ruff's fixes are safe, by the "Fix safety" of its rules' pages: the library gives every fix that it knows and
 * does not say what ruff itself would apply. What is not listed here is left to people.
 */
const always =
  "E401 E703 E713 E714 W292 W605 F401 F541 F632 F811 F901 I001 I002 UP001 UP003 UP005 UP006 UP009 UP011 UP012 UP015 UP019 " +
  "UP021 UP023 UP024 UP025 UP026 UP032 UP034 UP035 UP037";

/** Safe where no comment would get lost. */
const withoutComments =
  "B009 B010 B013 B014 B033 C420 UP004 UP007 UP008 UP010 UP013 UP014 UP017 UP018 UP020 UP033 UP039 UP041 UP043 UP045 UP050";

const alwaysSafe: ReadonlySet<string> = new Set(always.split(" "));
const safeWithoutComments: ReadonlySet<string> = new Set(withoutComments.split(" "));

/** `touched` is all of the text that the rule speaks of or that the fix replaces. */
export function isSafeRuffFix(rule: string, path: string, touched: string): boolean {
  // What a package's __init__.py imports is what it offers.
  if (rule === "F401" && /(^|\/)__init__\.pyi?$/.test(path)) {
    return false;
  }
  if (alwaysSafe.has(rule)) {
    return true;
  }
  // Attributes are looked up in another normal form than texts are, so only ASCII names stay the same.
  if ((rule === "B009" || rule === "B010") && /[^\0-\x7f]/.test(touched)) {
    return false;
  }
  return safeWithoutComments.has(rule) && !touched.includes("#");
}
