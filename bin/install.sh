# shellcheck shell=sh
# shellcheck disable=SC3013 # every sh has -ef, and POSIX has it since 2024
# Installs what bun.lock pins. It is a part of the launcher `k` that a warm start does not read, and uses its names.
home=${home?} lock=${lock?} modules=${modules?} state=${state?} mine=${mine?}

can_write() { mkdir -p "$mine" 2> /dev/null && mkdir "$state/$$" 2> /dev/null && rmdir "$state/$$"; }

is_alive() { [ -n "$1" ] && kill -0 "$1" 2> /dev/null; }

# One installation at a time. The lock is a link to the number of its holder, so that it is never there without one.
take_lock() {
    tries=0
    missed=0
    until ln -s "$$" "$state/lock" 2> /dev/null; do
        tries=$((tries + 1))
        holder=$(readlink "$state/lock") || holder=
        theirs=
        [ ! -r "$state/child" ] || read -r theirs < "$state/child" || :
        if [ -z "$holder" ]; then
            # It went away meanwhile, or there can be no links.
            missed=$((missed + 1))
            mkdir -p "$mine" 2> /dev/null || :
            [ "$missed" -lt 100 ] || die "$state/lock cannot be made" 'k needs a file system that has symbolic links'
        elif is_alive "$holder" || is_alive "$theirs"; then
            [ "$tries" -ne 3 ] || say "waiting for process $holder, which is installing (if it is no k: rm \"$state/lock\")"
            sleep 0.1 2> /dev/null || sleep 1
        elif mkdir "$state/$holder-died" 2> /dev/null; then
            # Only one process at a time can be here for one dead holder, so none takes away a lock that is new.
            [ "$(readlink "$state/lock")" != "$holder" ] || rm -f "$state/lock" "$state/child"
            rmdir "$state/$holder-died"
        fi
    done
    child=
    trap 'release' EXIT
    trap 'stop 129' HUP
    trap 'stop 130' INT
    trap 'stop 143' TERM
    mkdir -p "$mine"
}

release() {
    rm -rf "$state/work" "$state/child" "$state/log"
    # Nothing is left of an installation that could not even begin. Once the lock is gone, the rest may be another's.
    rmdir "$mine" 2> /dev/null || :
    rm -f "$state/lock"
    rmdir "$state" "$modules" 2> /dev/null || :
    trap - EXIT HUP INT TERM
}

stop() {
    if is_alive "$child"; then
        kill "$child" 2> /dev/null || :
        # Without the shell's own word about it.
        wait "$child" 2> /dev/null || :
    fi
    exit "$1"
}

# Runs a command in a folder, its words kept for when it fails; a signal ends it at once.
attend() {
    (cd "$1/" && shift && exec "$@") < /dev/null > "$state/log" 2>&1 &
    child=$!
    printf '%s\n' "$child" > "$state/child"
    wait "$child" || return
    child=
}

# Half of a package looks like a whole one to Bun, so what a killed installation left is not built upon.
start_over() {
    say 'the last installation did not end well: starting over'
    for entry in "$modules"/* "$modules"/.[!.]*; do
        [ "$entry" = "$state" ] || rm -rf "$entry"
    done
    rm -rf "$state"/*/bun.lock "$mine"
    mkdir -p "$mine"
    rm -f "$state/unfinished"
}

# Bun takes a package that is there for whole, so one that was found broken is taken away.
drop_broken_bun() {
    if [ -f "$mine/checked" ] && ! has_checked_bun && ! starts "$bun"; then
        for package in "$modules"/@oven/bun-*; do
            if [ ! -s "$package/bin/bun" ] || [ "$package/bin/bun" -ef "$bun" ]; then rm -rf "$package"; fi
        done
    fi
}

install_packages() {
    say 'installing the packages of bun.lock'
    : > "$state/unfinished"
    # What another system knows of other packages is no longer so.
    for known in "$state"/*/bun.lock; do
        if [ "$known" = "$mine/bun.lock" ] || ! cmp -s "$known" "$lock" 2> /dev/null; then rm -f "$known"; fi
    done
    # Copied before, so that a lockfile which changes meanwhile is not taken for the installed one.
    cp "$lock" "$mine/new.lock"
    touch -r "$lock" "$mine/new.lock"
    if ! attend "$home" "$bun" install --frozen-lockfile --ignore-scripts --no-progress; then
        rm -f "$state/unfinished" "$mine/new.lock"
        cat "$state/log" >&2
        die 'the packages of bun.lock could not be installed' 'Bun says above why: with no network, run k again when there is one'
    fi
}

# Remembers which Bun works, and last that all is there.
remember() {
    rm -f "$mine/bun"
    case $bun in
        "$modules"/*) ln -s "../..${bun#"$modules"}" "$mine/bun" ;;
        *)
            say "the Bun of bun.lock does not start here: using $bun"
            ln -s "$bun" "$mine/bun"
            ;;
    esac
    : > "$mine/checked"
    mv "$mine/new.lock" "$mine/bun.lock"
    rm -f "$state/unfinished"
}

install() {
    need cat cp ln mkdir mv readlink rm rmdir sleep touch
    case $home in
        *\\* | *\?*) die "Bun runs nothing in a folder that has a \`?\` or a \`\\\` in its name: $home" 'give it another name' ;;
        *) ;;
    esac
    [ -f "$lock" ] || die "there is no $lock" 'k starts in a whole clone only'
    if ! can_write; then
        [ -d "$modules" ] || die "k is not installed, and $home cannot be written" 'run k once as one who may write there'
        find_bun || die "no Bun in $modules starts here, and it cannot be written" 'run k once as one who may write there'
        [ ! -f "$mine/bun.lock" ] || say "bun.lock has changed, and $modules cannot be written: using it as it is"
        return
    fi
    take_lock
    bun=$mine/bun
    if ! is_ready; then
        if [ -e "$state/unfinished" ]; then
            start_over
            find_way "$@"
        fi
        drop_broken_bun
        find_bun || bun_by_npm "$@"
        install_packages
        find_bun || die 'no Bun starts here' 'install Bun another way: https://bun.sh'
        remember
        bun=$mine/bun
    fi
    release
}
