#!/bin/bash
# Whether a container works, for the health check of an engine: says what does not, and ends with 1.
set -uo pipefail

failed=0
fails() {
    echo "konductor-health: $1"
    failed=1
}

if probe=$(mktemp "${TMPDIR:-/tmp}/health-XXXXXX"); then
    rm -f "${probe}"
else
    fails "no temporary file can be made"
fi
[[ -d /workspace ]] || fails "/workspace is missing"
# The real one: it would be a daemon's start else.
for program in bash git /bin/nix; do
    # One that is there and cannot run has lost a part of the store.
    "${program}" --version > /dev/null 2>&1 || fails "${program} does not run"
done
exit "${failed}"
