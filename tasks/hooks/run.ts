import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Run the jobs of a git hook",
  description:
    "What git does by itself, by hand: over what is staged, or over what the flags say. `K_SKIP=name,tag` leaves jobs out, " +
    "`K_HOOKS=0` all of them.",
  args: { hook: { summary: "A hook of git, such as pre-commit", required: true, complete: "hook" } },
  flags: {
    job: { type: "list", value: "JOB,…", summary: "Only these jobs, also those that are off" },
    tag: { type: "list", value: "TAG,…", summary: "Only jobs with one of these tags" },
    exclude: { type: "list", value: "GLOB,…", summary: "Files that no job looks at" },
    file: { type: "list", value: "PATH,…", summary: "Only over these files, as they are in the working tree" },
    "all-files": { type: "boolean", summary: "Over all files that git tracks, as they are in the working tree" },
    "from-ref": { type: "text", value: "REF", summary: "Over files that changed since REF, as they are in --to-ref" },
    "to-ref": {
      type: "text",
      value: "REF",
      summary: "With --from-ref: the commit whose files are looked at (default: HEAD)",
    },
    fix: { type: "boolean", summary: "Mend what can be mended in what is staged" },
    "no-fix": { type: "boolean", summary: "Mend nothing, whatever the settings say" },
    git: { type: "boolean", hidden: true, summary: "Git is calling: what it gives follows on stdin" },
  },
  examples: [
    "k hooks run pre-commit",
    "k hooks run pre-commit --job python-style --fix",
    "k hooks run pre-commit --from-ref origin/main",
    "k hooks run commit-msg -- .git/COMMIT_EDITMSG",
  ],
  silent: true,
  run: ({ use, params, flags, args }) =>
    use.hooks.run({
      hook: params.hook,
      args: args.slice(1),
      jobs: flags.job,
      tags: flags.tag,
      exclude: flags.exclude,
      files: flags.file,
      allFiles: flags["all-files"],
      from: flags["from-ref"],
      to: flags["to-ref"],
      fix: flags.fix ? true : flags["no-fix"] ? false : undefined,
      byGit: flags.git,
    }),
});
