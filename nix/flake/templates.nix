# `nix flake init -t konductor`, in a project of one's own.
{
  flake.templates =
    let
      project = {
        path = ../templates/project;
        description = "A project in a shell of Konductor";
        welcomeText = "`nix develop` enters the shell; `direnv allow` does so whenever you are in this folder.";
      };
    in
    {
      default = project;
      inherit project;
      overlay = {
        path = ../templates/overlay;
        description = "A project on its own nixpkgs, with Konductor's tools in it";
      };
    };
}
