import { fileKinds } from "../core/file-kind.ts";
import { fileTraits, jobActions, operations, parseHookName } from "../core/hook.ts";
import { nearest } from "../core/suggest.ts";
import { parseTaskId } from "../core/task-id.ts";

const hookKeys = ["summary", "jobs", "like", "looksAt", "skip", "only", "exclude", "env", "timeout"];
const commonKeys = [
  "summary",
  "files",
  "exclude",
  "kinds",
  "traits",
  "needs",
  "tags",
  "skip",
  "only",
  "timeout",
  "fix",
  "wholeProject",
  "history",
  "advice",
  "enabled",
];
const ownKeys: Readonly<Record<string, readonly string[]>> = {
  format: ["owner"],
  task: ["args"],
  command: ["mend", "folder", "env", "stdin", "interactive", "filesFrom"],
};

type Fields = Readonly<Record<string, unknown>>;

/** All that makes a default export no hook; hook files of a project are not type-checked by us. */
export function whyNoHook(value: unknown): readonly string[] {
  if (!isFields(value)) {
    return ["its default export is no hook: `export default defineHook({ … })`"];
  }
  const faults = unknownKeys(value, hookKeys, "its hook");
  if (typeof value["summary"] !== "string" || value["summary"] === "") {
    faults.push("its hook has no `summary`");
  }
  const { like, looksAt, jobs = {} } = value;
  if (like !== undefined && (typeof like !== "string" || parseHookName(like) === undefined)) {
    faults.push("`like` names no hook of git");
  }
  if (looksAt !== undefined && !["staged", "pushed", "message", "nothing"].includes(String(looksAt))) {
    faults.push("`looksAt` is none of staged, pushed, message, nothing");
  }
  faults.push(...whyNoConditions(value, "its hook"), ...whyNoLimits(value, "its hook"));
  if (value["exclude"] !== undefined && !isWords(value["exclude"])) {
    faults.push("its hook: `exclude` is no list of texts");
  }
  if (!isFields(jobs)) {
    return [...faults, "`jobs` is no table of jobs by name"];
  }
  for (const [name, job] of Object.entries(jobs)) {
    if (job !== false) {
      faults.push(...whyNoJob(name, job));
    }
  }
  return faults;
}

function whyNoJob(name: string, job: unknown): readonly string[] {
  const who = `job ${name}`;
  if (parseTaskId(name) === undefined) {
    return [`${who}: a name is lower-case letters, digits and dashes`];
  }
  if (!isFields(job)) {
    return [`${who} is neither a job nor \`false\``];
  }
  const actions = jobActions.filter((action) => job[action] !== undefined);
  const [action] = actions;
  if (action === undefined) {
    return [`${who} does nothing: it needs one of ${jobActions.join(", ")}`];
  }
  if (actions.length > 1) {
    return [`${who} has both \`${actions.join("` and `")}\`: one job does one thing`];
  }
  const faults = unknownKeys(job, [action, ...commonKeys, ...(ownKeys[action] ?? [])], who);
  for (const key of ["files", "exclude", "tags", "args", "needs"]) {
    if (job[key] !== undefined && !isWords(job[key])) {
      faults.push(`${who}: \`${key}\` is no list of texts`);
    }
  }
  for (const key of ["fix", "wholeProject", "history", "enabled", "stdin", "interactive"]) {
    if (job[key] !== undefined && typeof job[key] !== "boolean") {
      faults.push(`${who}: \`${key}\` is neither true nor false`);
    }
  }
  faults.push(
    ...whyNotAmong("kinds", job, fileKinds, who),
    ...whyNotAmong("traits", job, fileTraits, who),
    ...whyNoLimits(job, who),
    ...whyNoConditions(job, who)
  );
  const why = whyNoAction(action, job[action]);
  if (why !== undefined) {
    faults.push(`${who}: ${why}`);
  }
  for (const key of ["mend", "filesFrom"]) {
    if (job[key] !== undefined && !isCommand(job[key])) {
      faults.push(`${who}: \`${key}\` is no list of a program and its arguments`);
    }
  }
  return faults;
}

function whyNotAmong(key: string, { [key]: value }: Fields, known: readonly string[], who: string): readonly string[] {
  if (value === undefined) {
    return [];
  }
  const wrong = isWords(value) ? value.filter((word) => !known.includes(word)) : [value];
  return wrong.map((word) => `${who}: \`${key}\` cannot have ${JSON.stringify(word)}${didYouMean(word, known)}`);
}

/** What both a job and a hook may say. */
function whyNoLimits({ timeout, env }: Fields, who: string): readonly string[] {
  const isTime = timeout === undefined || (typeof timeout === "number" && timeout > 0);
  const isEnv = env === undefined || (isFields(env) && Object.values(env).every((value) => typeof value === "string"));
  return [
    ...(isTime ? [] : [`${who}: \`timeout\` is no number of seconds`]),
    ...(isEnv ? [] : [`${who}: \`env\` is no table of texts`]),
  ];
}

function whyNoAction(action: (typeof jobActions)[number], value: unknown): string | undefined {
  switch (action) {
    case "tool": {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- a hook that names no tool needs no table of them
      const { toolNames } = require("../tools/index.ts") as typeof import("../tools/index.ts");
      return toolNames.includes(String(value))
        ? undefined
        : `no tool is called ${JSON.stringify(value)}${didYouMean(value, toolNames)}`;
    }
    case "format": {
      const known: readonly string[] = fileKinds;
      const wrong = isWords(value) ? value.find((kind) => !known.includes(kind)) : value;
      return wrong === undefined
        ? undefined
        : `no kind of file is called ${JSON.stringify(wrong)}${didYouMean(wrong, known)}`;
    }
    case "native":
      return value === true ? undefined : "`native` can only be true";
    case "task":
      return typeof value === "string" && parseTaskId(value) !== undefined ? undefined : "`task` is no name of a task";
    case "command":
      return isCommand(value) ? undefined : "`command` is no list of a program and its arguments";
    case "check":
      return typeof value === "function" ? undefined : "`check` is no function";
  }
}

function whyNoConditions(fields: Fields, who: string): readonly string[] {
  return ["skip", "only"].flatMap((key) => {
    const value = fields[key];
    if (value === undefined) {
      return [];
    }
    if (!isFields(value)) {
      return [`${who}: \`${key}\` is no table`];
    }
    const { during = [], branch = [], env = [], run } = value;
    const faults = unknownKeys(value, ["during", "branch", "env", "run"], `${who}: \`${key}\``);
    const known: readonly string[] = operations;
    if (!isWords(during) || during.some((one) => !known.includes(one))) {
      faults.push(`${who}: \`${key}.during\` takes ${known.join(", ")}`);
    }
    if (!isWords(branch)) {
      faults.push(`${who}: \`${key}.branch\` is no list of globs`);
    }
    if (!isWords(env)) {
      faults.push(`${who}: \`${key}.env\` is no list of variables`);
    }
    if (run !== undefined && !isCommand(run)) {
      faults.push(`${who}: \`${key}.run\` is no list of a program and its arguments`);
    }
    return faults;
  });
}

function unknownKeys(fields: Fields, known: readonly string[], who: string): string[] {
  return Object.keys(fields)
    .filter((key) => !known.includes(key))
    .map((key) => `${who} cannot have \`${key}\`${didYouMean(key, known)}`);
}

function didYouMean(value: unknown, known: readonly string[]): string {
  const near = typeof value === "string" ? nearest(value, known) : undefined;
  return near === undefined ? "" : `: did you mean ${near}?`;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === "string");
}

function isCommand(value: unknown): boolean {
  return isWords(value) && value.length > 0;
}
