/** An option of Konductor's modules, as `nix/modules/options-table.nix` tells it. */
export interface ModuleOption {
  /** From the top of a configuration: `konductor.enable`. */
  readonly name: string;
  readonly type: string;
  /** Nix, as a person would write it. */
  readonly default: string;
  readonly example: string;
  /** Markdown. */
  readonly description: string;
}

const fields = ["name", "type", "default", "example", "description"] as const;

/** What `nix-instantiate --eval --strict --json` printed; throws where that is no table of options. */
export function parseModuleOptions(json: string): readonly ModuleOption[] {
  const rows: unknown = JSON.parse(json);
  if (!Array.isArray(rows) || !rows.every(isModuleOption)) {
    throw new Error("nix/modules/options-table.nix has to give a list of options with all of their fields");
  }
  return rows;
}

function isModuleOption(row: unknown): row is ModuleOption {
  return (
    typeof row === "object" && row !== null && fields.every((field) => field in row && hasText(Reflect.get(row, field)))
  );
}

function hasText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

/** The reference of all options, with those that switch the most first. */
export function moduleOptionsText(options: readonly ModuleOption[]): string {
  const depth = ({ name }: ModuleOption): number => name.split(".").length;
  // The whole comes before its parts, which belong together.
  const ordered = options.toSorted((a, b) => depth(a) - depth(b) || (a.name < b.name ? -1 : 1));
  return ordered.map(optionText).join("\n");
}

function optionText({ name, type, default: otherwise, example, description }: ModuleOption): string {
  return [
    `### \`${name}\``,
    "",
    description.trim(),
    "",
    `- Type: ${type}`,
    `- Default: \`${otherwise}\``,
    `- Example: \`${example}\``,
    "",
  ].join("\n");
}
