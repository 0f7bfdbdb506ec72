# The language servers, by nixvim's and Neovim's name. `yields` says that one on PATH, a project's own, comes before ours: it
# has to fit the compiler.
{
  nil_ls = { language = "Nix"; };
  lua_ls = { language = "Lua"; };
  pyright = { language = "Python"; yields = true; };
  gopls = { language = "Go"; yields = true; };
  rust_analyzer = { language = "Rust"; yields = true; };
  ts_ls = { language = "JavaScript, TypeScript"; yields = true; };
  bashls = { language = "Shell"; };
  yamlls = { language = "YAML"; };
  jsonls = { language = "JSON"; };
  dockerls = { language = "Dockerfile"; };
  taplo = { language = "TOML"; };
  marksman = { language = "Markdown"; };
}
