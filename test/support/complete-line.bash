# What bash does at a TAB, without a terminal: `complete-line.bash SCRIPT LINE POINT CWORD TYPE WORD…` prints what the completion of
# `k` that SCRIPT defines puts in COMPREPLY, a line each.
set -u
# shellcheck source=/dev/null
source "$1"
# shellcheck disable=SC2034 # the completion reads them
COMP_LINE=$2 COMP_POINT=$3 COMP_CWORD=$4 COMP_TYPE=$5
shift 5
# shellcheck disable=SC2034
COMP_WORDS=("$@")
# It is only for a completion that bash itself has called.
compopt() { :; }

__k_complete k '' ''
if ((${#COMPREPLY[@]} > 0)); then
    printf '%s\n' "${COMPREPLY[@]}"
fi
