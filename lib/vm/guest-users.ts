import type { GuestUser } from "./seed.ts";

/** The users that Konductor's images bring, with their ids. */
export const imageUsers = [
  { name: "kc2admin", uid: 1001, isAdmin: true },
  { name: "kc2", uid: 1002, isAdmin: false },
  { name: "runner", uid: 1003, isAdmin: false },
] as const satisfies readonly GuestUser[];

/** The person at the host as a user of the guest: the same name and number, so that files of the shared folder are theirs. */
export function hostUser(name: string, uid: number): GuestUser {
  const isOfImage = imageUsers.some((user) => user.name === name);
  return { name, isAdmin: true, ...(isOfImage ? {} : { uid }) };
}

/** Whether the number is one that a user of the image has already: `useradd` refuses it. */
export function collides({ name, uid }: GuestUser): boolean {
  return imageUsers.some((user) => user.uid === uid && user.name !== name);
}
