# The text of starship's configuration (https://starship.rs/config): two lines, what slows a prompt down is off, and what
# looks at a folder gives up early, since a checkout may lie on a share.
{ theme }:
let
  palette = builtins.concatStringsSep "\n"
    (map (name: ''${name} = "${theme.colours.${name}}"'') (builtins.attrNames theme.colours));
in
''
  "$schema" = "https://starship.rs/config-schema.json"

  palette = "konductor"
  add_newline = true
  scan_timeout = 1000
  command_timeout = 1000
  format = """
  $username\
  $hostname\
  $container\
  $kubernetes\
  $directory\
  $git_branch\
  $git_state\
  $git_status\
  $python\
  $golang\
  $nodejs\
  $rust\
  $nix_shell\
  $pulumi\
  $docker_context\
  $cmd_duration\
  $fill\
  $jobs\
  $line_break\
  $character"""

  [palettes.konductor]
  ${palette}

  [username]
  style_user = "mauve"
  style_root = "bold red"
  format = "[$user]($style) "

  [hostname]
  ssh_only = true
  style = "teal"
  format = "[@$hostname]($style) "

  [container]
  symbol = "⬢"
  style = "sapphire"
  format = "[$symbol $name]($style) "

  [kubernetes]
  disabled = false
  style = "blue"
  detect_files = ["kustomization.yaml", "Chart.yaml", "skaffold.yaml"]
  detect_folders = ["charts", "manifests"]
  format = "[$symbol$context( $namespace)]($style) "

  [directory]
  truncation_length = 3
  truncate_to_repo = true
  read_only = " ro"
  style = "bold lavender"

  [git_branch]
  truncation_length = 20
  style = "mauve"

  [git_state]
  style = "yellow"

  [git_status]
  style = "peach"
  ahead = "⇡''${count}"
  behind = "⇣''${count}"
  diverged = "⇡''${ahead_count}⇣''${behind_count}"
  conflicted = "=''${count}"
  deleted = "-''${count}"
  modified = "!''${count}"
  renamed = "»''${count}"
  staged = "+''${count}"
  stashed = "*''${count}"
  untracked = "?''${count}"

  [python]
  style = "yellow"
  format = "[$symbol$version( $virtualenv)]($style) "

  [golang]
  style = "sky"
  format = "[$symbol$version]($style) "

  [nodejs]
  style = "green"
  format = "[$symbol$version]($style) "

  [rust]
  style = "maroon"
  format = "[$symbol$version]($style) "

  [nix_shell]
  symbol = "❄ "
  style = "blue"
  format = "[$symbol$name]($style) "

  [pulumi]
  style = "pink"
  format = "[$symbol$stack]($style) "

  [docker_context]
  style = "sapphire"
  format = "[$symbol$context]($style) "

  [cmd_duration]
  min_time = 2000
  style = "subtext0"
  format = "[$duration]($style) "

  [fill]
  symbol = " "

  [jobs]
  style = "peach"

  [character]
  success_symbol = "[❯](green)"
  error_symbol = "[❯](red)"
  vimcmd_symbol = "[❮](mauve)"

  [aws]
  disabled = true

  [azure]
  disabled = true

  [gcloud]
  disabled = true

  [git_commit]
  disabled = true

  [git_metrics]
  disabled = true

  [package]
  disabled = true
''
