import type { SelectedJob } from "./selection.ts";

/** A job that is chosen, before it is known whom it waits for. */
export type Chosen = Omit<SelectedJob, "waitsFor" | "needs">;

/** In an order in which each job stands behind those that it waits for. */
export function withOrder(chosen: readonly Chosen[]): readonly SelectedJob[] {
  const needed = needsOf(chosen);
  const jobs = inOrder(chosen, ({ name }) => needed(name));
  const menders = jobs
    .filter(({ fix }) => fix)
    .map(({ name, entries }) => ({ name, paths: new Set(entries.map(({ path }) => path)) }));
  let seen = 0;
  const waiting = jobs.map((job) => {
    // A looker that a mender needs comes before that one, and those behind it.
    const first = menders.findIndex(({ name }) => needed(name).has(job.name));
    const before = menders.slice(0, job.fix ? seen : first < 0 ? menders.length : first);
    if (job.fix) {
      seen += 1;
    }
    const shares = (paths: ReadonlySet<string>): boolean =>
      job.wholeProject || job.entries.some(({ path }) => paths.has(path));
    const shared = before.filter(({ paths }) => shares(paths)).map(({ name }) => name);
    const needs = (job.job.needs ?? []).filter((name) => jobs.some((other) => other.name === name));
    return { ...job, needs, waitsFor: [...new Set([...needs, ...shared])] };
  });
  return inOrder(waiting, ({ waitsFor }) => new Set(waitsFor));
}

/** All that a job needs, and what that needs; what does not run is passed over. */
function needsOf(jobs: readonly Chosen[]): (name: string) => ReadonlySet<string> {
  const direct = new Map(jobs.map(({ name, job }) => [name, job.needs ?? []]));
  return (name) => {
    const all = new Set<string>();
    const add = (one: string): void => {
      for (const need of direct.get(one) ?? []) {
        if (!all.has(need)) {
          all.add(need);
          add(need);
        }
      }
    };
    add(name);
    return all;
  };
}

/** As they are, but each behind those that it waits for. */
function inOrder<J extends { readonly name: string }>(
  jobs: readonly J[],
  waitsFor: (job: J) => ReadonlySet<string>
): readonly J[] {
  const placed = new Set<J>();
  const begun = new Set<J>();
  const place = (job: J): void => {
    if (begun.has(job)) {
      return;
    }
    begun.add(job);
    for (const other of jobs) {
      if (other !== job && waitsFor(job).has(other.name)) {
        place(other);
      }
    }
    placed.add(job);
  };
  for (const job of jobs) {
    place(job);
  }
  return [...placed];
}
