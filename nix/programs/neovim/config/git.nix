# Changes against git, in the buffer and side by side.
_:
{
  plugins = {
    gitsigns = {
      enable = true;
      settings = {
        current_line_blame = false;
        signs_staged_enable = true;
      };
    };
    diffview.enable = true;
  };
}
