import { compareVersions } from "../../host/tool-version.ts";
import { bad, defineCheck, good, type Result, weak } from "../check.ts";
import type { ToolState } from "../world.ts";

export default defineCheck({
  name: "tools",
  area: "tools",
  summary: "The linters and formatters of the tools table are there, in versions that will do",
  severity: "warning",
  timeout: 20,
  probe: async (world) => judge(sort(await world.tools())),
});

interface Sorted {
  readonly there: readonly ToolState[];
  readonly replaced: readonly ToolState[];
  readonly missing: readonly ToolState[];
  readonly old: readonly ToolState[];
  /** They are there, and do not say which version they are. */
  readonly mute: readonly ToolState[];
  readonly others: readonly ToolState[];
}

function sort(tools: readonly ToolState[]): Sorted {
  const meant = tools.filter(({ dormant }) => !dormant);
  const there = meant.filter(({ origin }) => origin !== "missing");
  const names = new Set(there.map(({ name }) => name));
  const gone = Map.groupBy(
    meant.filter(({ origin }) => origin === "missing"),
    ({ standIn }) => standIn !== undefined && names.has(standIn)
  );
  return {
    there,
    replaced: gone.get(true) ?? [],
    missing: gone.get(false) ?? [],
    old: there.filter(isTooOld),
    mute: there.filter(({ pinned, version }) => pinned !== undefined && version === undefined),
    others: there.filter(isOther),
  };
}

function judge({ there, replaced, missing, old, mute, others }: Sorted): Result {
  const found = [
    `${there.length} of ${there.length + replaced.length + missing.length} are there`,
    ...part("stood in for", replaced, ({ name, standIn }) => `${name} (${standIn})`),
    ...part("missing", missing, ({ name }) => name),
    ...part("too old", old, ({ name, version, oldest }) => `${name} ${version} (${oldest} is needed)`),
    ...part("no version said", mute, ({ name, path }) => `${name} (${path})`),
    ...part("not the pinned version", others, ({ name, version, pinned }) => `${name} ${version} (${pinned})`),
  ].join("; ");
  const required = missing.filter((tool) => tool.required);
  if (required.length > 0) {
    return bad(found, { text: required.map(({ name, install }) => `${name}: ${install}`).join("; ") });
  }
  if (old.length + mute.length > 0) {
    return weak(found, { command: "k tools", text: "says where each comes from" });
  }
  if (missing.length === 0) {
    return good(found);
  }
  const mend = { command: "k tools", text: "says how each is installed; until then their files are passed over" };
  return { status: "weak", severity: "info", found, mend };
}

function part(words: string, tools: readonly ToolState[], show: (tool: ToolState) => string): readonly string[] {
  return tools.length === 0 ? [] : [`${words}: ${tools.map(show).join(", ")}`];
}

function isTooOld({ version, oldest }: ToolState): boolean {
  return version !== undefined && oldest !== undefined && compareVersions(version, oldest) < 0;
}

function isOther(tool: ToolState): boolean {
  const { origin, version, pinned } = tool;
  return origin === "path" && version !== undefined && pinned !== undefined && version !== pinned && !isTooOld(tool);
}
