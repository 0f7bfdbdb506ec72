# Every key of tmux that Konductor sets, once: `conf.nix` writes them, docs/programs.md lists them, and a check holds that
# none is bound twice, by plugins neither. `table` is tmux's key table: `prefix` follows the prefix key, `root` needs none.
let
  key = table: key: note: command: { inherit table key note command; };
  repeated = table: name: note: command: key table name note command // { repeat = true; };
  inFolder = ''-c "#{pane_current_path}"'';
in
{
  prefix = "C-a";
  # Turns the outer tmux off while it is pressed no second time, so that a nested one gets all keys.
  nested = "F12";

  bindings = [
    (key "prefix" "C-a" "Send the prefix to the program" "send-prefix")
    (key "prefix" "r" "Read the configuration again" ''source-file -F "#{config_files}" \; display-message "configuration read"'')
    # sensible would bind it to a file that is not there.
    (key "prefix" "R" "Read the configuration again" ''source-file -F "#{config_files}" \; display-message "configuration read"'')
    (key "prefix" "c" "New window, in the folder of this one" "new-window ${inFolder}")
    (key "prefix" "|" "Split to the right" "split-window -h ${inFolder}")
    (key "prefix" "\\" "Split to the right" "split-window -h ${inFolder}")
    (key "prefix" "-" "Split downward" "split-window -v ${inFolder}")
    (repeated "prefix" "H" "Move the border to the left" "resize-pane -L 5")
    (repeated "prefix" "J" "Move the border down" "resize-pane -D 5")
    (repeated "prefix" "K" "Move the border up" "resize-pane -U 5")
    (repeated "prefix" "L" "Move the border to the right" "resize-pane -R 5")
    (key "prefix" "Tab" "The window that was last shown" "last-window")
    (key "prefix" "S" "Type into all panes of the window, or no longer" ''set-window-option synchronize-panes \; display-message "synchronised: #{?pane_synchronized,on,off}"'')
    (key "prefix" "b" "Make the pane a window of its own" "break-pane")
    (key "prefix" "j" "Bring a pane of another window here" ''choose-tree -Zw "join-pane -h -s '%%'"'')
    (key "prefix" "Y" "Copy the folder of the pane" ''run-shell -C "set-buffer -w #{q:pane_current_path}" \; display-message "copied: #{pane_current_path}"'')
    (key "prefix" "v" "Copy mode" "copy-mode")

    (key "root" "M-H" "The window before" "previous-window")
    (key "root" "M-L" "The window after" "next-window")
    (key "root" "F12" "Keys go to the nested tmux" ''set-option prefix None \; set-option key-table off \; if-shell -F "#{pane_in_mode}" "send-keys -X cancel" \; refresh-client -S'')
    (key "off" "F12" "Keys go to this tmux again" ''set-option -u prefix \; set-option -u key-table \; refresh-client -S'')

    (key "copy-mode-vi" "v" "Begin to select" "send-keys -X begin-selection")
    (key "copy-mode-vi" "V" "Select lines" "send-keys -X select-line")
    (key "copy-mode-vi" "C-v" "Select a block, or no longer" "send-keys -X rectangle-toggle")
    (key "copy-mode-vi" "y" "Copy, to the clipboard too" "send-keys -X copy-pipe-and-cancel")
    (key "copy-mode-vi" "Enter" "Copy, to the clipboard too" "send-keys -X copy-pipe-and-cancel")
    (key "copy-mode-vi" "MouseDragEnd1Pane" "Copy what the mouse selected" "send-keys -X copy-pipe-no-clear")
    (key "copy-mode-vi" "Escape" "Leave copy mode" "send-keys -X cancel")
  ];

  # `package` is the name in nixpkgs' tmuxPlugins, `options` are set before it is run, `bindings` are the keys that it binds by
  # itself with these options.
  plugins = [
    {
      package = "catppuccin";
      options = {
        "@catppuccin_window_status_style" = "slanted";
        "@catppuccin_window_text" = " #W";
        "@catppuccin_window_current_text" = " #W";
        "@catppuccin_directory_color" = "#{E:@thm_mauve}";
        "@catppuccin_date_time_text" = " %H:%M";
        "@catppuccin_status_left_separator" = "█";
      };
      bindings = [ ];
    }
    {
      package = "sensible";
      options = { };
      bindings = [
        { table = "prefix"; key = "a"; note = "The window that was last shown"; }
        { table = "prefix"; key = "C-p"; note = "The window before"; }
        { table = "prefix"; key = "C-n"; note = "The window after"; }
      ];
    }
    {
      package = "vim-tmux-navigator";
      options = { };
      bindings =
        let
          move = key: note: [ { table = "root"; inherit key note; } { table = "copy-mode-vi"; inherit key note; } ];
        in
        move "C-h" "The pane, or the editor's window, to the left"
        ++ move "C-j" "The pane, or the editor's window, below"
        ++ move "C-k" "The pane, or the editor's window, above"
        ++ move "C-l" "The pane, or the editor's window, to the right"
        ++ move "C-\\" "The pane, or the editor's window, before"
        ++ [{ table = "prefix"; key = "C-l"; note = "Send C-l, which clears the screen"; }];
    }
    {
      # Its own key, Tab, is taken.
      package = "extrakto";
      options."@extrakto_key" = "e";
      bindings = [{ table = "prefix"; key = "e"; note = "Find text of the pane, with fzf"; }];
    }
    {
      package = "tmux-fzf";
      options = { };
      bindings = [{ table = "prefix"; key = "F"; note = "Sessions, windows and panes, with fzf"; }];
    }
    {
      package = "resurrect";
      options."@resurrect-capture-pane-contents" = "on";
      bindings = [
        { table = "prefix"; key = "C-s"; note = "Save all sessions"; }
        { table = "prefix"; key = "C-r"; note = "Bring saved sessions back"; }
      ];
    }
  ];
}
