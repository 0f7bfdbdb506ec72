# What a shell does when it is entered. It prints nothing, makes nothing in the home, and sets up an interactive bash only
# where there is one: in a pipe, for direnv and for `nix develop --command` there is none.
{ lib, programs, packages, commands }:
layers:
let
  all = field: lib.concatMap (layer: layer.${field} or [ ]) layers;
  texts = field: lib.concatMapStrings (layer: lib.optionalString (layer ? ${field}) "${layer.${field}}\n") layers;

  # Behind all else on PATH: ~/.cargo/bin may hold another cargo than the pinned one.
  atEnd = place: ''
    case ":''${PATH}:" in
      *":${place}:"*) ;;
      *) export PATH="''${PATH}:${place}" ;;
    esac
  '';
  homePath = { name, below, path }: ''
    export ${name}="''${${name}:-''${HOME}/${below}}"
  '' + lib.optionalString (path != null) (atEnd "\${${name}}${lib.removePrefix below path}");
  homePaths = lib.concatMapStrings homePath (all "homePaths");

  interactive = ''
    source ${programs.bash.rc { inherit commands; }}
    if [[ $(type -t complete) == builtin ]]; then
      source ${packages.k}/share/bash-completion/completions/k
    fi
  '' + texts "interactive";
in
texts "hook"
+ lib.optionalString (homePaths != "") ''
  if [[ -n ''${HOME-} ]]; then
  ${homePaths}fi
''
+ ''
  if [[ $- == *i* ]]; then
  ${interactive}fi
''
