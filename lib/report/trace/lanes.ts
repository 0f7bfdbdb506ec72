interface Track {
  readonly group: number;
  readonly track: number;
  readonly name: string;
}

interface Lane extends Track {
  /** When the last slice on it ends. */
  until: number;
}

/** Gives slices that overlap tracks of their own: on one track, readers of traces take them for nested. */
export class Lanes {
  readonly #lanes = new Map<string, Lane[]>();
  readonly #counts = new Map<number, number>();

  /** The track for a slice; slices come in the order of their starts. `name` is that of a track or, where it takes several, of all. */
  place(group: number, name: string, { from, to }: { readonly from: number; readonly to: number }): number {
    const key = `${group} ${name}`;
    const lanes = this.#lanes.get(key) ?? [];
    this.#lanes.set(key, lanes);
    let lane = lanes.find(({ until }) => until <= from);
    if (lane === undefined) {
      const track = (this.#counts.get(group) ?? 0) + 1;
      this.#counts.set(group, track);
      lane = { group, track, name: lanes.length === 0 ? name : `${name} (${lanes.length + 1})`, until: 0 };
      lanes.push(lane);
    }
    lane.until = to;
    return lane.track;
  }

  tracks(): readonly Track[] {
    return [...this.#lanes.values()].flat();
  }
}
