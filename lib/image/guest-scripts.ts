import { cloudInitSudoRules, madeForImage } from "../vm/seed.ts";

/** Scripts of sh for root of the guest, each for any Linux with systemd. What they print is what the step tells. */

/** Old generations and what nothing needs; `missing` is what is said where there is no Nix. */
export const collectGarbage = [
  "if command -v nix-collect-garbage >/dev/null 2>&1; then",
  "  nix-collect-garbage -d 2>&1 | tail -n 1",
  "else",
  '  echo "no nix-collect-garbage in the guest"',
  "fi",
].join("\n");

/** Logs, caches and histories: what a boot and a shell leave. */
export const removeTraces = [
  "set -e",
  "journalctl --rotate --vacuum-size=1 >/dev/null 2>&1 || :",
  "rm -rf /var/tmp/* /tmp/* /var/cache/apt/archives/*.deb /var/lib/systemd/coredump/* /var/crash/*",
  "for home in /root /home/*; do",
  '  rm -rf "$home/.cache" "$home/.bash_history" "$home/.python_history" "$home/.lesshst" "$home/.gitconfig"',
  "done",
  "find /var/log -type f ! -path '/var/log/journal/*' -exec truncate -s 0 {} +",
  "rm -f /var/log/*.gz /var/log/*.[0-9] /var/log/*.old",
  "sync",
  "df -h --output=used / | tail -n 1 | tr -d ' '",
].join("\n");

/**
 * Has the host's disk forget what the file systems no longer use. Where they cannot trim, zeros are written over it, which the
 * disk takes as a trim (`detect-zeroes=unmap`).
 */
export const trimDisks = [
  "sync",
  'if said=$(fstrim --all --verbose 2>&1) && test -n "$said"; then',
  '  printf "%s\\n" "$said" | tr "\\n" ";"',
  "else",
  "  dd if=/dev/zero of=/.konductor-zeros bs=1M 2>/dev/null || :",
  "  sync",
  "  rm -f /.konductor-zeros",
  "  sync",
  '  echo "no trim in the guest: zeros were written over the free space"',
  "fi",
].join("\n");

/**
 * What makes one machine differ from another, removed while the connection that runs this still stands: after it nobody gets in
 * any more. `user` is who logs in.
 */
export function forgetIdentity(user: string): string {
  return [
    "cloud-init clean --logs >/dev/null 2>&1 || :",
    "rm -rf /var/lib/cloud/* /var/log/cloud-init*.log /etc/netplan/50-cloud-init.yaml",
    "rm -f /etc/ssh/ssh_host_*",
    "rm -rf /root/.ssh /home/*/.ssh",
    `test ! -e ${madeForImage.sudoRules} || rm -f ${cloudInitSudoRules}`,
    `test ! -e ${madeForImage.user} || userdel --force --remove ${user} >/dev/null 2>&1`,
    // Stopped now, they write nothing more on the way down.
    "systemctl stop systemd-random-seed.service 2>/dev/null || :",
    "rm -f /var/lib/systemd/random-seed /var/lib/systemd/credential.secret",
    "journalctl --relinquish-var >/dev/null 2>&1 || :",
    "rm -rf /var/log/journal/*",
    "test -L /var/lib/dbus/machine-id || rm -f /var/lib/dbus/machine-id",
    // Empty, systemd makes one at the next boot (machine-id(5)).
    "test -L /etc/machine-id || : > /etc/machine-id",
    "for log in /var/log/wtmp /var/log/btmp /var/log/lastlog; do test ! -e $log || : > $log; done",
    "sync",
    "fstrim --all >/dev/null 2>&1 || :",
  ].join("\n");
}
