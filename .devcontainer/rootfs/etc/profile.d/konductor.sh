# shellcheck shell=sh
# The history of shells outlives the container, in a volume of its own.
if [ -d "${HOME}/.history" ]; then
    HISTFILE="${HOME}/.history/shell"
    export HISTFILE
fi
