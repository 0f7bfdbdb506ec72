# The text of tmux's configuration. `plugins` maps a name of keys.nix to the file that runs it, `shell` is what a pane
# starts, `clipboard` a program that takes what is copied.
{ keys, theme, plugins, shell, bash, clipboard }:
let
  lines = builtins.concatStringsSep "\n";
  # Within double quotes tmux reads backslash and `$`; `#` begins a comment outside them alone.
  quoted = text: ''"${builtins.replaceStrings [ "\\" "\"" "$" ] [ "\\\\" "\\\"" "\\$" ] text}"'';
  option = options: name: "set-option -g ${name} ${quoted options.${name}}";
  plugin = row: lines (
    map (option row.options) (builtins.attrNames row.options)
    ++ [ "run-shell ${quoted plugins.${row.package}}" ]
  );
  binding = row:
    "bind-key -N ${quoted row.note}${if row.repeat or false then " -r" else ""} -T ${row.table} ${quoted row.key} ${row.command}";
  terminals = [ "xterm*" "alacritty" "foot*" "ghostty" "kitty" "wezterm" "tmux*" ];
in
''
  # Made by Konductor. Yours is read last: ~/.config/konductor/tmux.conf

  # Panes have Konductor's bash, and PATH of where the session was opened: not a login shell, which would forget it.
  set-option -g default-shell ${quoted bash}
  set-option -g default-command ${quoted shell}
  set-option -ga update-environment "PATH WAYLAND_DISPLAY SSH_TTY IN_NIX_SHELL KONDUCTOR_SHELL KONDUCTOR_SSH_CONFIG"

  set-option -g default-terminal "tmux-256color"
  ${lines (map (name: ''set-option -as terminal-features ",${name}:RGB:clipboard:focus"'') terminals)}
  set-option -g history-limit 50000
  set-option -s escape-time 0
  set-option -g focus-events on
  set-option -g mouse on
  set-option -g mode-keys vi
  set-option -g status-keys emacs
  set-option -g base-index 1
  set-window-option -g pane-base-index 1
  set-option -g renumber-windows on
  set-window-option -g aggressive-resize on
  set-option -g set-titles on

  # What is copied goes to the terminal by OSC 52, over ssh and out of nested sessions too, and to the desktop's clipboard
  # where there is one.
  set-option -s set-clipboard on
  set-option -s copy-command ${quoted clipboard}
  set-option -g allow-passthrough on

  set-option -g prefix ${keys.prefix}
  unbind-key -T prefix C-b
  ${lines (map binding keys.bindings)}

  set-option -g @catppuccin_flavor "${theme.flavour}"
  ${lines (map plugin keys.plugins)}

  set-option -g status-interval 5
  set-option -g status-left-length 60
  set-option -g status-right-length 120
  set-option -g status-left "#{E:@catppuccin_status_session} "
  set-option -g status-right "#{?#{==:#{client_key_table},off},#[fg=${theme.colours.peach}] keys: nested ,}"
  set-option -ga status-right "#{E:@catppuccin_status_directory}"
  if-shell 'test -n "''${SSH_CONNECTION:-}"' {
    set-option -g status-position bottom
    set-option -ga status-right "#{E:@catppuccin_status_host}"
  } {
    set-option -g status-position top
  }
  set-option -ga status-right "#{E:@catppuccin_status_date_time}"

  source-file -q ~/.config/konductor/tmux.conf
''
