#!/bin/bash
# Stands before the programs of Nix under their names. The store is root's, so that nobody can change what others run:
# who is not root works through the daemon, which is started here by the first who needs it, and ends with the container.
set -euo pipefail

real=/bin/${0##*/}
socket=/nix/var/nix/daemon-socket/socket
daemon=/usr/bin/nix-daemon

is_running() {
    [[ -S ${socket} ]] && pgrep -x nix-daemon > /dev/null
}

start_daemon() {
    # A socket that an earlier daemon left answers nobody; the next one replaces it.
    setsid sudo -n "${daemon}" < /dev/null > /dev/null 2>&1 &
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        ! is_running || return 0
        # Without sudo's consent it is gone at once, and waiting is of no use.
        [[ -d /proc/$! ]] || break
        sleep 0.05
    done
    is_running
}

# What needs no store; a health check asks for the version.
if [[ ${1:-} == --version || ${1:-} == --help ]]; then
    exec "${real}" "$@"
fi
if [[ ${EUID} -ne 0 && -z ${NIX_REMOTE:-} ]] && ! is_running && ! start_daemon; then
    echo "konductor: the Nix daemon cannot be started as this user, so Nix can only read." >&2
    echo "hint: docker exec -d -u root CONTAINER nix-daemon" >&2
fi
exec "${real}" "$@"
