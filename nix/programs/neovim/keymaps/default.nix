# All keymaps, as data. A group: `name`, `prefix` (what which-key shows the group under), `maps`. A map:
#   key, mode (of normal mode unless said), desc
#   cmd | lua | keys   an Ex command; statements of Lua; keys to type
#   plugin             whose commands and modules it uses
#   program            it is set only where this program is found
#   range              the command takes the selected lines
#   ft                 it is set only in buffers of these types
#   native             the plugin maps it by itself, from the same data
map (file: import file) [
  ./general.nix
  ./find.nix
  ./search.nix
  ./buffers.nix
  ./windows.nix
  ./git.nix
  ./lsp.nix
  ./diagnostics.nix
  ./terminal.nix
  ./ai.nix
  ./markdown.nix
  ./rest.nix
  ./session.nix
  ./toggles.nix
  ./textobjects.nix
]
