# Aliases of interactive shells, once: each is set only where `program` is in the shell. `k` is the task system, so
# nothing else is called that.
[
  { name = "ll"; command = "eza -la --git"; program = "eza"; }
  { name = "la"; command = "eza -a"; program = "eza"; }
  { name = "l"; command = "eza"; program = "eza"; }
  { name = "tree"; command = "eza --tree"; program = "eza"; }
  { name = "cat"; command = "bat --paging=never"; program = "bat"; }
  { name = "grep"; command = "rg"; program = "rg"; }
  { name = "find"; command = "fd"; program = "fd"; }
  { name = "top"; command = "btm"; program = "btm"; }
  { name = "du"; command = "dust"; program = "dust"; }
  { name = "vi"; command = "nvim"; program = "nvim"; }
  { name = "vim"; command = "nvim"; program = "nvim"; }
  { name = "gs"; command = "git status"; program = "git"; }
  { name = "gd"; command = "git diff"; program = "git"; }
  { name = "gl"; command = "git log --oneline -20"; program = "git"; }
  { name = "lg"; command = "lazygit"; program = "lazygit"; }
]
