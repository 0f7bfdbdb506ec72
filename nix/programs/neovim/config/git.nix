# Changes against git, in the buffer and side by side.
{ git, ... }:
{
  # Konductor's, in the editor's terminals too.
  dependencies.git.package = git;
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
