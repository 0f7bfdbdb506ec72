#!/usr/bin/env bash
# konductor-shell: the development shell of the checkout in /workspace where one is mounted, else the one that the image
# brings (KONDUCTOR_DEFAULT_SHELL, a file for bash to read), which needs neither network nor Nix. Ends with the shell's
# code, or with 75 where there was none to enter.
set -uo pipefail

workspace=${1:-/workspace}

enter_workspace() {
    local mark code
    mark=$(mktemp) || return 75
    # The shell takes the mark away: a code alone could be that of either.
    # shellcheck disable=SC2016
    nix develop "${workspace}" --command bash -c 'rm -f -- "$1"; exec bash -i' konductor-shell "${mark}"
    code=$?
    [[ -e ${mark} ]] || return "${code}"
    rm -f -- "${mark}"
    return 75
}

enter_default() {
    [[ -r ${KONDUCTOR_DEFAULT_SHELL:-} ]] || return 75
    bash --rcfile "${KONDUCTOR_DEFAULT_SHELL}" -i
}

if [[ -f ${workspace}/flake.nix ]]; then
    enter_workspace
    code=$?
    [[ ${code} -eq 75 ]] || exit "${code}"
    echo "konductor: the development shell of ${workspace} cannot be entered; this is the image's own" >&2
fi
enter_default
