import { konductorFacts } from "../nix/facts.ts";
import type { GuestUser } from "./seed.ts";

/** The users that Konductor's images bring, with their ids. */
export const imageUsers: readonly (GuestUser & { readonly uid: number })[] = Object.entries(konductorFacts.users.users)
  .map(([name, { uid, sudo }]) => ({ name, uid, isAdmin: sudo }))
  .toSorted((one, other) => one.uid - other.uid);

/**
 * The person at the host as a user of the guest: the same name and number, so that files of the shared folder are theirs.
 * Whoever has the number 0 is root in the guest, whatever the host calls them.
 */
export function hostUser(name: string, uid: number): GuestUser {
  if (uid === 0) {
    return { name: "root", uid: 0, isAdmin: true };
  }
  const own = guestName(name);
  const isOfImage = imageUsers.some((user) => user.name === own);
  return { name: own, isAdmin: true, ...(isOfImage ? {} : { uid }) };
}

/** A name that `useradd` takes: directories of companies have others. `COMPANY\Jo.Doe` is `jo-doe`. */
function guestName(name: string): string {
  const plain = (name.split("\\").at(-1) ?? "")
    .split("@", 1)
    .join("")
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .replace(/^[^a-z_]+/, "")
    .slice(0, 32);
  return plain === "" || plain === "root" ? "user" : plain;
}

/** Whether the number is one that a user of the image has already: `useradd` refuses it. */
export function collides({ name, uid }: GuestUser): boolean {
  return imageUsers.some((user) => user.uid === uid && user.name !== name);
}
