# Lists of what was found, jumps, and search and replace.
_:
{
  plugins = {
    trouble.enable = true;
    todo-comments.enable = true;
    flash = {
      enable = true;
      # `f`, `t` and `/` stay as they are.
      settings.modes = {
        char.enabled = false;
        search.enabled = false;
      };
    };
    grug-far.enable = true;
    guess-indent.enable = true;
  };
}
