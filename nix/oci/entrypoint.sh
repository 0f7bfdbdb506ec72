#!/bin/bash
# What a container runs first: `docker run IMAGE PROGRAM WORDS…` runs that program in the environment of a login of
# whoever the container runs as, and a login shell where no program is given. Words that begin with a dash are bash's.
set -euo pipefail

# Name, home and shell of the user with this number, a line each; nothing where there is none.
account() {
    local name id home shell
    while IFS=: read -r name _ id _ _ home shell; do
        if [[ ${id} == "$1" ]]; then
            printf '%s\n' "${name}" "${home}" "${shell}"
            return
        fi
    done < /etc/passwd
}

mapfile -t found < <(account "${EUID}")
name=${found[0]:-}
home=${found[1]:-}

# Whoever starts the container may say another; one that cannot be written is that of somebody else, or none.
if [[ -z ${HOME:-} || ${HOME} == / || ! -w ${HOME} ]]; then
    HOME=${home}
fi
if [[ -z ${HOME} || ! -w ${HOME} ]]; then
    HOME=$(mktemp -d "${TMPDIR:-/tmp}/home-${EUID}-XXXXXX")
    echo "konductor: user ${EUID} has no home that can be written, so HOME is ${HOME}" >&2
fi
export HOME
export USER=${name:-${EUID}}
export LOGNAME=${USER}
export SHELL=${found[2]:-/bin/bash}

# Files that others wrote need not hold under this script's strictness.
set +eu
# shellcheck source=/dev/null
. /etc/profile

if [[ $# -eq 0 ]]; then
    set -- bash -l
elif [[ $1 == -* ]]; then
    set -- bash "$@"
fi
exec "$@"
