import { defineCheck, good, weak } from "../check.ts";

export default defineCheck({
  name: "locale",
  area: "shell",
  summary: "Programs use UTF-8",
  severity: "info",
  probe({ env, platform }) {
    // The order of setlocale(3).
    const name = ["LC_ALL", "LC_CTYPE", "LANG"].find((one) => (env[one] ?? "") !== "");
    const value = name === undefined ? "" : (env[name] ?? "");
    if (/utf-?8/i.test(value)) {
      return good(`${name}=${value}`);
    }
    return weak(
      name === undefined ? "no locale is set: programs take text for ASCII" : `${name}=${value} is not UTF-8`,
      {
        command: `export ${name === "LC_ALL" ? "LC_ALL" : "LANG"}=${platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8"}`,
      }
    );
  },
});
