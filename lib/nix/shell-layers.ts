/** A part that shells are put together from. */
export interface ShellLayer {
  /** As people call them. */
  readonly packages: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that lead below the home, unless they are set; `path` goes on PATH. Both from the home. */
  readonly homePaths: readonly { readonly name: string; readonly below: string; readonly path: string | null }[];
}

export type ShellLayers = Readonly<Record<string, ShellLayer>>;

/** A shell by its layers, the innermost first. */
export interface LayeredShell {
  readonly name: string;
  readonly layers: readonly string[];
}

/** What `nix-instantiate --eval --strict --json` printed of `nix/shells/table.nix`; throws where that are no layers. */
export function parseShellLayers(json: string): ShellLayers {
  const layers: unknown = JSON.parse(json);
  if (typeof layers !== "object" || layers === null || !Object.values(layers).every(isLayer)) {
    throw new Error("nix/shells/table.nix has to give layers, each with packages, variables and homePaths");
  }
  return layers as ShellLayers;
}

function isLayer(value: unknown): value is ShellLayer {
  return (
    typeof value === "object" && value !== null && ["packages", "variables", "homePaths"].every((key) => key in value)
  );
}

/**
 * What each layer brings, as sections of a page; one that only does something on entering has none. Throws where a shell
 * has a layer that there is not.
 */
export function shellLayersText(layers: ShellLayers, shells: readonly LayeredShell[]): string {
  const used = [...new Set(shells.flatMap((shell) => shell.layers))];
  const sections = used.map((name) => {
    const layer = layers[name];
    if (layer === undefined) {
      throw new Error(`a shell of nix/lib/shells.nix has a layer ${name}, which nix/shells/layers.nix does not have`);
    }
    const users = shells.filter((shell) => shell.layers.includes(name)).map((shell) => `\`${shell.name}\``);
    const lines = [`### \`${name}\``, "", `In ${users.join(", ")}.`, "", ...layerLines(layer), ""];
    return layer.packages.length === 0 ? [] : [lines.join("\n")];
  });
  return sections.flat().join("\n");
}

function layerLines({ packages, variables, homePaths }: ShellLayer): readonly string[] {
  const set = Object.entries(variables).map(([name, value]) => `\`${name}=${value}\``);
  const below = homePaths.map(({ name, below: place }) => `\`${name}=~/${place}\``);
  const paths = homePaths.flatMap(({ path }) => (path === null ? [] : [`\`~/${path}\``]));
  return [
    `- Packages: ${packages.map(packageText).join(", ")}`,
    ...(set.length === 0 ? [] : [`- Variables: ${set.join(", ")}`]),
    ...(below.length === 0 ? [] : [`- Unless you set them: ${below.join(", ")}`]),
    ...(paths.length === 0 ? [] : [`- At the end of \`PATH\`: ${paths.join(", ")}`]),
  ];
}

/** A name of nixpkgs as code; what has more words is prose. */
function packageText(name: string): string {
  return /^[\w-]+$/.test(name) ? `\`${name}\`` : name;
}
