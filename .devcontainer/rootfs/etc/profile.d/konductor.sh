# shellcheck shell=sh
# Debian's /etc/profile gives login shells a PATH of its own.
case ":${PATH}:" in
    *:/nix/var/nix/profiles/default/bin:*) ;;
    *)
        PATH="/nix/var/nix/profiles/default/bin:${PATH}"
        export PATH
        ;;
esac
# The history of shells outlives the container, in a volume of its own.
if [ -d "${HOME}/.history" ]; then
    HISTFILE="${HOME}/.history/shell"
    export HISTFILE
fi
