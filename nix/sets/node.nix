{ pkgs, npm, tools, pinned, ... }:
[
  npm.bun
  pinned.node
  pkgs.pnpm
  pkgs.typescript
  pkgs.typescript-language-server
  pkgs.yarn
  tools.biome
  tools.eslint
  tools.prettier
]
