# The development shells, once: what each is for, and the layers of nix/shells/layers.nix that it is put together from.
let
  languages = [ "python" "go" "node" "rust" ];
  full = [ "base" ] ++ languages ++ [ "ide" "versions" ];
in
[
  {
    name = "default";
    summary = "Git, search, data and network tools, `k`, all linters and formatters";
    layers = [ "base" ];
  }
  {
    name = "python";
    summary = "Python with uv, ruff, mypy, bandit, black, isort, IPython and pytest";
    layers = [ "base" "python" ];
  }
  {
    name = "go";
    summary = "Go with gopls, delve, golangci-lint, gofumpt and a compiler of C";
    layers = [ "base" "go" ];
  }
  {
    name = "node";
    summary = "Node.js with pnpm, yarn, Bun, TypeScript, biome, prettier and eslint";
    layers = [ "base" "node" ];
  }
  {
    name = "rust";
    summary = "Rust with cargo, rustfmt, clippy, rust-analyzer, cargo-watch and cargo-edit";
    layers = [ "base" "rust" ];
  }
  {
    name = "dev";
    summary = "Neovim, tmux, lazygit, Helix and what makes a terminal pleasant, without languages";
    layers = [ "base" "ide" ];
  }
  {
    name = "full";
    summary = "All languages and all of `dev`";
    layers = full;
  }
  {
    name = "konductor";
    summary = "`full`, and what builds and runs Konductor's image and virtual machine";
    layers = full ++ [ "selfHosting" ];
  }
  {
    name = "ci";
    summary = "All languages and what builds images, for runners of a CI";
    layers = [ "base" ] ++ languages ++ [ "selfHosting" "ci" ];
  }
]
