import type { FileEntry } from "../classify.ts";
import { type NativeRule, toolName } from "../native/index.ts";
import type { LintSession } from "../session.ts";
import type { TargetGroup } from "../targets.ts";
import type { Recalled } from "./answers.ts";
import { FileAnswers } from "./file-answers.ts";
import { ownBuild } from "./own-build.ts";

/** What is known of `k`'s own checks of the files of a group, links and generated ones left out. */
export function nativeAnswers(
  group: TargetGroup,
  session: LintSession,
  disabled: readonly NativeRule[]
): { readonly own: TargetGroup; readonly recalled: Omit<Recalled, "keepAll" | "stands"> } {
  const maxBytes = session.options.config.checks.max_file_size;
  const suffix = ({ binary, eol, lfs, kind }: FileEntry): string => ` ${kind} ${binary} ${lfs ?? ""} ${eol ?? ""}`;
  const parts = { k: ownBuild(session.options.home), rules: JSON.stringify({ maxBytes, disabled }) };
  const answers = new FileAnswers(toolName, "check", parts, session, { suffix });
  const own = { ...group, entries: group.entries.filter(({ mode, generated }) => mode !== "symlink" && !generated) };
  return { own, recalled: answers.recall([own]) };
}
