/**
 * Every process that a spawner of this process started and has not seen end, and every guardian. It is one list for all spawners:
 * what is on it has somebody who looks after it, so nobody else takes it for an orphan.
 */
export const ownProcesses = new Set<number>();
