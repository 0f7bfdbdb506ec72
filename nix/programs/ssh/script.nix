# The text of the script before ssh, scp or sftp. A configuration can run programs (ProxyCommand, Match exec), so one that
# somebody else can write or put there is told of and not used. `-F` of the caller comes later and so wins.
{ meta, stat }:
real:
''
  state=''${XDG_STATE_HOME-}
  case $state in
    /*) ;;
    *) state=''${HOME-}/.local/state ;;
  esac
  config=''${KONDUCTOR_SSH_CONFIG:-$state/${meta.name}/ssh_config}

  # Whether the file or folder is the user's own and nobody else can write it.
  private() {
    [[ -O $1 ]] && (( (8#$(${stat} -Lc %a -- "$1") & 8#022) == 0 ))
  }

  if [[ ! -f $config ]]; then
    exec ${real} "$@"
  fi
  case $config in
    */*) folder=''${config%/*} ;;
    *) folder=. ;;
  esac
  if private "$config" && private "''${folder:-/}"; then
    exec ${real} -F "$config" "$@"
  fi
  printf 'ssh: %s is not used: others can write it or its folder (chmod go-w)\n' "$config" >&2
  exec ${real} "$@"
''
