# A virtual environment of this folder, as its own `activate` would set it, without running code that lies there: it has to
# be the user's own, and one that came with a clone is none.
if [[ -z ${VIRTUAL_ENV-} && -O .venv && -f .venv/pyvenv.cfg && -x .venv/bin/python ]] \
    && ! git ls-files --error-unmatch .venv > /dev/null 2>&1; then
    export VIRTUAL_ENV="${PWD}/.venv"
    export PATH="${VIRTUAL_ENV}/bin:${PATH}"
    unset PYTHONHOME
fi
