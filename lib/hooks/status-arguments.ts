/** How git is asked for what `parseStatus` reads. */
export const statusArguments = [
  "status",
  "--porcelain=v2",
  "-z",
  "--branch",
  "--no-ahead-behind",
  "--untracked-files=no",
  "--no-renames",
  "--ignore-submodules=all",
];
