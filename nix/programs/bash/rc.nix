# The text of the file that an interactive bash sources: history, options, completion, aliases, prompt and hooks.
{ aliases, env, inputrc, completion, commands ? null }:
let
  wanted = program: commands == null || builtins.elem program commands;
  kept = builtins.filter (row: wanted row.program);
  lines = builtins.concatStringsSep "\n";
  quoted = text: "'" + builtins.replaceStrings [ "'" ] [ "'\\''" ] text + "'";

  variable = name: "${name}=${quoted env.history.${name}}";
  alias = row: "konductor_alias ${row.program} ${quoted "${row.name}=${row.command}"}";
  setup = row: ''
    if ${row.unless or "true"} && type -P ${row.program} > /dev/null; then
      ${row.line}
    fi'';
  setups = [
    { program = "fzf"; line = ''eval "$(fzf --bash 2> /dev/null)"''; }
    # A dumb terminal, an editor's for one, shows its escapes as text.
    {
      program = "starship";
      unless = ''[[ ''${TERM:-dumb} != dumb ]]'';
      line = ''eval "$(starship init bash)"'';
    }
    # Inside a shell of Nix its hook would load the same environment a second time. It comes last, since it keeps what the
    # prompt's set-up left in PROMPT_COMMAND.
    {
      program = "direnv";
      unless = ''[[ -z ''${IN_NIX_SHELL-} && -z ''${KONDUCTOR_SHELL-} ]]'';
      line = ''eval "$(direnv hook bash)"'';
    }
  ];
in
''
  # shellcheck shell=bash
  [[ $- == *i* && -z ''${konductor_rc-} ]] || return 0
  konductor_rc=1

  ${lines (map variable (builtins.attrNames env.history))}
  shopt -s histappend cmdhist checkwinsize globstar cdspell dirspell

  # A bash without line editing has neither.
  if [[ $(type -t bind) == builtin && -z ''${INPUTRC-} ]]; then
    bind -f ${inputrc} 2> /dev/null
  fi
  if [[ $(type -t complete) == builtin && -z ''${BASH_COMPLETION_VERSINFO-} && -r ${completion} ]]; then
    # shellcheck source=/dev/null
    source ${completion}
  fi

  # Only where the program is there now: PATH may be another one than where this file was made.
  konductor_alias() {
    if [[ ''${KONDUCTOR_ALIASES:-1} != 0 ]] && type -P "$1" > /dev/null; then
      # shellcheck disable=SC2139 # its text is meant to be taken now
      alias "$2"
    fi
  }
  ${lines (map alias (kept aliases))}
  unset -f konductor_alias

  ${lines (map setup (kept setups))}
''
