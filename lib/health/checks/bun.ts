import { defineCheck, good, weak } from "../check.ts";

export default defineCheck({
  name: "bun",
  area: "tools",
  summary: "Bun, which k runs on, is of a version that k is tested with",
  severity: "warning",
  probe({ bun, bunRange, program }) {
    const found = bun.path === program ? `${bun.version}, inside of ${program}` : `${bun.version} at ${bun.path}`;
    return Bun.semver.satisfies(bun.version, bunRange)
      ? good(found)
      : weak(`${found}: k is made for ${bunRange}`, { command: "bun upgrade", text: "or start k by its own `./k`" });
  },
});
