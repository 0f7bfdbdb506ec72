# The text of a wrapper: a tool's program with its configuration put where the tool takes it. A caller that brings a
# configuration of its own is left alone; what lies in the home is not.
{ lib, runtimeShell }:
{ row
, # The program and what stands before its arguments, as shell words.
  command
, # A path, or null.
  configFile
}:
let
  quoted = lib.concatMapStringsSep " " lib.escapeShellArg;
  settings = lib.optionals (configFile != null && row.flag != null) [ row.flag "${configFile}" ] ++ row.args;
  put = quoted settings;

  # `--config` and `--config=X`; `-c` and `-cX`.
  formsOf = flag: if lib.hasPrefix "--" flag || lib.stringLength flag > 2 then [ flag "${flag}=*" ] else [ flag "${flag}?*" ];
  patterns = list: lib.concatStringsSep " | " list;
  own = lib.concatMap formsOf (lib.optional (row.flag != null) row.flag ++ row.own);

  exports = lib.concatMapStrings (name: "export ${name}=${lib.escapeShellArg row.env.${name}}\n") (lib.attrNames row.env)
    + lib.optionalString (row.configEnv != null && configFile != null) ''
    export ${row.configEnv}=${configFile}
  '';

  # One setting of the config, given as `--config NAME=VALUE`, leaves the rest in force.
  leaveAloneInline = ''
    before=
    for argument; do
      case ''${before}''${argument} in
        --) break ;;
        ${row.flag})
          before=${row.flag}=
          continue
          ;;
        ${row.flag}=*=*) ;;
        ${patterns (lib.remove row.flag own)}) exec ${command} "$@" ;;
        *) ;;
      esac
      before=
    done
  '';
  leaveAlone = ''
    for argument; do
      case ''${argument} in
        --) break ;;
        ${patterns own}) exec ${command} "$@" ;;
        *) ;;
      esac
    done
  '';

  # The first word that is no flag, and not the value of one, is the subcommand.
  behindSubcommand = ''
    before=()
    flag=
    while [[ $# -gt 0 ]]; do
      case $1 in
        ${patterns row.subcommands}) exec ${command} "''${before[@]}" "$1" ${put} "''${@:2}" ;;
        -*) flag=1 ;;
        *)
          [[ -n ''${flag} ]] || break
          flag=
          ;;
      esac
      before+=("$1")
      shift
    done
  '' + (if row.without == [ ] then ''
    exec ${command} "''${before[@]}" "$@"
  '' else ''
    case ''${1-} in
      ${patterns row.without}) exec ${command} "''${before[@]}" "$@" ;;
      *) exec ${command} ${put} "''${before[@]}" "$@" ;;
    esac
  '');
in
''
  #!${runtimeShell}
  # Puts the configuration of Konductor before ${row.program}.
''
+ exports
+ lib.optionalString (own != [ ] && settings != [ ]) (if row.inline then leaveAloneInline else leaveAlone)
+ (
  if settings == [ ] then ''
    exec ${command} "$@"
  ''
  else if row.subcommands != [ ] then behindSubcommand
  else ''
    exec ${command} ${put} "$@"
  ''
)
