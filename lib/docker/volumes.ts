/** What outlives the development container. */
export interface CacheVolume {
  /** Of the volume, in the compose project. */
  readonly name: string;
  /** Below the home of its user, or absolute. */
  readonly path: string;
  readonly holds: string;
}

/** The volumes, in the order of the documentation. A new Lix gets a new volume: the old one's `/nix` would hide it. */
export function volumesFor(lixVersion: string): readonly CacheVolume[] {
  return [
    { name: `nix-${lixVersion}`, path: "/nix", holds: "Nix's store, profiles and database" },
    { name: "cache", path: ".cache", holds: "caches: Nix's evaluations, Go's builds, uv, pip, `k`" },
    { name: "cargo", path: ".cargo", holds: "Cargo's registry and installed programs" },
    { name: "go", path: "go", holds: "Go's modules and installed programs" },
    { name: "pnpm", path: ".local/share/pnpm", holds: "pnpm's store and global packages" },
    { name: "npm", path: ".npm", holds: "npm's cache" },
    { name: "bun", path: ".bun", holds: "Bun's cache and global packages" },
    { name: "uv", path: ".local/share/uv", holds: "uv's Pythons and tools" },
    { name: "history", path: ".history", holds: "the history of shells" },
    { name: "gnupg", path: ".gnupg", holds: "GnuPG's keys" },
    { name: "gh", path: ".config/gh", holds: "the login of GitHub's `gh`" },
    { name: "direnv", path: ".local/share/direnv", holds: "what direnv may load" },
    { name: "neovim", path: ".local/share/nvim", holds: "Neovim's plugins and sessions" },
    { name: "state", path: ".local/state", holds: "state of programs: Neovim's undo, `k`'s logs and trust" },
  ];
}

/** Those that lie in the home of the user. */
export function homeVolumes(volumes: readonly CacheVolume[]): readonly CacheVolume[] {
  return volumes.filter(({ path }) => !path.startsWith("/"));
}

/** Where a volume is mounted, absolute. */
export function mountPoint({ path }: CacheVolume, home: string): string {
  return path.startsWith("/") ? path : `${home}/${path}`;
}
