# The text of the system's git configuration. It names no pager and no editor: git takes PAGER and EDITOR, which are set
# only where their program is. `safe.directory` is left to the user: `*` would run hooks of whoever owns a folder.
{ hostConfig ? "/etc/gitconfig" }:
''
  [init]
    defaultBranch = main
  [color]
    ui = auto
  [pull]
    rebase = true
  [push]
    autoSetupRemote = true
  [fetch]
    prune = true
  [diff]
    algorithm = histogram
    colorMoved = default
  [merge]
    conflictStyle = zdiff3
  [rerere]
    enabled = true
  [alias]
    st = status --short --branch
    co = checkout
    br = branch
    ci = commit
    lg = log --graph --abbrev-commit --decorate --pretty=format:'%C(auto)%h%d %s %C(dim)%cr, %an'
  ; What the host says wins over all of the above.
  [include]
    path = ${hostConfig}
''
