# The text of the script that gives what it reads to the desktop's clipboard, and to nothing where there is none: OSC 52,
# which tmux writes by itself, then does it alone.
''
  if type -P pbcopy > /dev/null; then
    exec pbcopy
  elif [[ -n ''${WAYLAND_DISPLAY-} ]] && type -P wl-copy > /dev/null; then
    exec wl-copy
  elif [[ -n ''${DISPLAY-} ]] && type -P xclip > /dev/null; then
    exec xclip -in -selection clipboard
  fi
  exec cat > /dev/null
''
