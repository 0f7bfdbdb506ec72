# The text of the script before tmux: it gives the configuration, unless the caller gives one with `-f`. Options stand before
# the command, and these take a value: -c -f -L -S -T. What plugins call is found behind the user's own PATH.
{ real, configFile, path }:
''
  export PATH=''${PATH:+$PATH:}${path}
  config=(-f ${configFile})
  value=
  for word; do
    if [[ -n $value ]]; then
      value=
      continue
    fi
    case $word in
      -*f*) config=() ;;
      -*[cLST]) value=next ;;
      -*) ;;
      *) break ;;
    esac
  done
  exec ${real} "''${config[@]}" "$@"
''
