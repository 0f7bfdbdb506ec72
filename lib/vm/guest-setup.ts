/** Lines of shell for the guest, run once by cloud-init: the shell of a user that was made, and a number that `useradd` refuses. */
export function setUpUser(name: string, takenUid: number | undefined): readonly string[] {
  return [
    // NixOS has it there; elsewhere a new user would have a bare sh.
    `for shell in /run/current-system/sw/bin/bash /bin/bash; do test -x "$shell" && usermod -s "$shell" ${name} && break; done`,
    ...(takenUid === undefined ? [] : takeUid(name, takenUid)),
  ];
}

/** Two users share a number then: written into the table, since `usermod` refuses where the user is logged in. */
function takeUid(name: string, uid: number): readonly string[] {
  return [
    `old=$(id -u ${name})`,
    `if [ "$old" != ${uid} ]; then`,
    `  sed -i "s/^\\(${name}:[^:]*\\):$old:/\\1:${uid}:/" /etc/passwd`,
    `  chown -R --from="$old" ${uid} "$(getent passwd ${name} | cut -d: -f6)"`,
    "fi",
  ];
}
