#!/usr/bin/env bash
# A folder for `git init --template`: what git puts there itself, with the hooks that `k hooks install` writes in the
# place of git's samples. Needs git and k on PATH, and `out`.
export HOME="${TMPDIR:-/tmp}/home"
mkdir -p "${HOME}"
git init --quiet repository
k -C repository hooks install
rm -f repository/.git/hooks/*.sample
mkdir -p "${out:?}"
for part in hooks info description; do
    cp -R "repository/.git/${part}" "${out}/"
done
