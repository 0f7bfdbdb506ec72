/** Lines of shell for the guest, run once by cloud-init: the shell of a user that was made, and a number that `useradd` refuses. */
export function setUpUser(name: string, takenUid: number | undefined): readonly string[] {
  return [
    // NixOS has it there; elsewhere a new user would have a bare sh.
    `for shell in /run/current-system/sw/bin/bash /bin/bash; do test -x "$shell" && usermod -s "$shell" ${name} && break; done`,
    ...(takenUid === undefined ? [] : takeUid(name, takenUid)),
  ];
}

/**
 * The user of the image who has the number gets the one that `useradd` found. Written into the table, since `usermod` refuses for a
 * user who is logged in, as `k` is by now; sessions from before keep the old number.
 */
function takeUid(name: string, uid: number): readonly string[] {
  return [
    `old=$(id -u ${name})`,
    `if [ "$old" != ${uid} ]; then`,
    `  other=$(getent passwd ${uid} | cut -d: -f1)`,
    `  sed -i "s/^\\(${name}:[^:]*\\):$old:/\\1:${uid}:/; s/^\\($other:[^:]*\\):${uid}:/\\1:$old:/" /etc/passwd`,
    `  home() { getent passwd "$1" | cut -d: -f6; }`,
    `  chown -R --from="$old" ${uid} "$(home ${name})"`,
    `  if [ -n "$other" ]; then chown -R --from=${uid} "$old" "$(home "$other")"; fi`,
    "fi",
  ];
}
