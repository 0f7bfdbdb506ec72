/** A part that shells are put together from. */
export interface ShellLayer {
  /** As people call them. */
  readonly packages: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that lead below the home, unless they are set; `path` goes on PATH. Both from the home. */
  readonly homePaths: readonly { readonly name: string; readonly below: string; readonly path: string | null }[];
}

/** What `nix/shells/table.nix` tells. */
export interface ShellTable {
  readonly layers: Readonly<Record<string, ShellLayer>>;
  /** Names of layers by shell, the innermost first. */
  readonly shells: Readonly<Record<string, readonly string[]>>;
}

/** What `nix-instantiate --eval --strict --json` printed of the table; throws where a shell has a layer that there is not. */
export function parseShellTable(json: string): ShellTable {
  const table = JSON.parse(json) as ShellTable;
  for (const [shell, layers] of Object.entries(table.shells)) {
    const missing = layers.find((layer) => table.layers[layer] === undefined);
    if (missing !== undefined) {
      throw new Error(`the shell ${shell} has a layer ${missing}, which nix/shells/layers.nix does not have`);
    }
  }
  return table;
}

/** What each layer brings, as sections of a page. One that only does something on entering has none. */
export function shellLayersText({ layers, shells }: ShellTable): string {
  const used = [...new Set(Object.values(shells).flat())];
  const uses = (layer: string): string =>
    Object.keys(shells)
      .filter((shell) => shells[shell]?.includes(layer))
      .map((shell) => `\`${shell}\``)
      .join(", ");
  return used
    .filter((name) => (layers[name]?.packages.length ?? 0) > 0)
    .map((name) => [`### \`${name}\``, "", `In ${uses(name)}.`, "", ...layerLines(layers[name]), ""].join("\n"))
    .join("\n");
}

function layerLines(layer: ShellLayer | undefined): readonly string[] {
  const { packages = [], variables = {}, homePaths = [] } = layer ?? {};
  const set = Object.entries(variables).map(([name, value]) => `\`${name}=${value}\``);
  const below = homePaths.map(({ name, below: place }) => `\`${name}=~/${place}\``);
  const paths = homePaths.flatMap(({ path }) => (path === null ? [] : [`\`~/${path}\``]));
  return [
    `- Packages: ${packages.join(", ")}`,
    ...(set.length === 0 ? [] : [`- Variables: ${set.join(", ")}`]),
    ...(below.length === 0 ? [] : [`- Unless you set them: ${below.join(", ")}`]),
    ...(paths.length === 0 ? [] : [`- At the end of \`PATH\`: ${paths.join(", ")}`]),
  ];
}
