import type { World } from "../world.ts";
import { justRunner } from "./just.ts";
import { miseFilesRunner, miseRunner } from "./mise.ts";
import { moonRunner, turboRunner } from "./monorepo.ts";
import { ownRunner } from "./own.ts";
import type { Runner } from "./runner.ts";

const peers: readonly {
  readonly needs: string;
  readonly make: (world: World, program: string) => readonly Runner[];
}[] = [
  { needs: "mise", make: (world, program) => [miseRunner(world, program), miseFilesRunner(world, program)] },
  { needs: "just", make: (world, program) => [justRunner(world, program)] },
  { needs: "turbo", make: (world, program) => [turboRunner(world, program)] },
  { needs: "moon", make: (world, program) => [moonRunner(world, program)] },
];

/** Those that are there: `k` first. */
export function runners(world: World): readonly Runner[] {
  return [
    ...world.own.map((own) => ownRunner(own, world)),
    ...peers.flatMap(({ needs, make }) => {
      const program = world.peers.program(needs);
      return program === undefined ? [] : make(world, program);
    }),
  ];
}
