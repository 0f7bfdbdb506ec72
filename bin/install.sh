# shellcheck shell=sh
# shellcheck disable=SC3013 # every sh has -ef, and POSIX has it since 2024
# Installs what bun.lock pins. It is the part of the launcher `k` that a warm start does not read, and uses its names.
home=${home?} lock=${lock?} modules=${modules?} state=${state?} mine=${mine?}

# Bun 1.4 and all later 1.x know every flag that k uses.
starts() {
    [ -x "$1" ] || return 1
    found=$("$1" --version) || return 1
    case $found in
        1.[4-9].* | 1.[1-9][0-9].*) return 0 ;;
        *) return 1 ;;
    esac
} 2> /dev/null # also what the shell itself says of one that crashes

# Sets `bun` to one that starts: the lockfile's, else one of PATH. With code 1 there is none, and `other` may say what is
# wrong with the one that is there.
find_bun() {
    for bun in "$modules"/@oven/bun-*/bin/bun; do
        if starts "$bun"; then return 0; fi
    done
    other=
    rest=${PATH-}:
    while [ -n "$rest" ]; do
        folder=${rest%%:*}
        rest=${rest#*:}
        bun=$folder/bun
        found=
        # A relative folder, or none, is another one after the next `cd`.
        case $folder in /*) if starts "$bun"; then return 0; fi ;; esac
        if [ -z "$other" ] && [ -x "$bun" ]; then other=${found:+is $found}; fi
        if [ -z "$other" ] && [ -x "$bun" ]; then other='does not start'; fi
    done
    bun=
    return 1
}

# Goes on only where there is a way to a Bun: one of PATH, npm, or Nix, which takes over.
find_way() {
    if find_bun; then return 0; fi
    # What npm brings does not start on NixOS.
    if has npm && has node && ! { [ -e /etc/NIXOS ] && has nix; }; then return 0; fi
    if has nix && [ -z "${K_IN_NIX-}" ]; then
        say 'no Bun and no npm to get it with: going through nix develop'
        [ -z "${locked-}" ] || release
        K_IN_NIX=1 exec nix --extra-experimental-features 'nix-command flakes' develop "$home" --command "$home/k" "$@"
    fi
    hint='install one of them: https://bun.sh, https://nodejs.org, https://lix.systems'
    [ -z "$other" ] || die "k needs Bun 1.4 or a later 1.x, and the one on PATH $other" "\`bun upgrade\`, or $hint"
    die 'k needs Bun 1.4, npm or Nix, and none of them is on PATH' "$hint"
}

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
            [ "$missed" -lt 100 ] || die "$state/lock cannot be made" 'k needs a file system that has symbolic links'
        elif is_alive "$holder" || is_alive "$theirs"; then
            [ "$tries" -ne 3 ] || say "waiting for process $holder, which is installing (if it is no k: rm \"$state/lock\")"
            sleep 0.1
        elif mkdir "$state/$holder-died" 2> /dev/null; then
            # Only one process at a time can be here for one dead holder, so none takes away a lock that is new.
            [ "$(readlink "$state/lock")" != "$holder" ] || rm -f "$state/lock" "$state/child"
            rmdir "$state/$holder-died"
        fi
    done
    child=
    locked=yes
    trap 'release' EXIT
    trap 'stop 129' HUP
    trap 'stop 130' INT
    trap 'stop 143' TERM
}

release() {
    rm -rf "$state/work" "$state/child" "$state/log" "$state/lock"
    # Nothing is left of an installation that could not even begin.
    rmdir "$mine" "$state" "$modules" 2> /dev/null || :
    trap - EXIT HUP INT TERM
}

stop() {
    if is_alive "$child"; then
        kill "$child"
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

# Node tells what it runs on, and with it which Bun would. Prints the package, its version and its hash in bun.lock.
find_pin='
    const { arch, platform, report } = process;
    const musl = platform === "linux" && report.getReport().header.glibcVersionRuntime === undefined ? "-musl" : "";
    const name = "@oven/bun-" + platform + "-" + (arch === "arm64" ? "aarch64" : arch) + musl;
    const line = require("fs").readFileSync(process.argv[1], "utf8").split("\n").find((text) => text.includes("[\"" + name + "@"));
    const [, version, hash] = /\["[^"]+@([^"@]+)".*"(sha512-[^"]+)"/.exec(line || "") || ["", "none", "none"];
    console.log(name + " " + version + " " + hash);
'
find_hash='
    const bytes = require("fs").readFileSync(process.argv[1]);
    console.log("sha512-" + require("crypto").createHash("sha512").update(bytes).digest("base64"));
'

# Gets the pinned Bun from the npm registry. Nothing of it runs before its hash is the lockfile's.
bun_by_npm() {
    need tar
    pin=$(node -e "$find_pin" "$lock") || die "Node $(node --version) could not read $lock"
    hash=${pin##* }
    pin=${pin% *}
    package=${pin% *}
    version=${pin#* }
    [ "$hash" != none ] || die "bun.lock has no $package" 'install Bun yourself: https://bun.sh'
    say "getting Bun $version with npm"
    mkdir -p "$state/work"
    if ! attend "$state/work" npm pack "$package@$version" --ignore-scripts --loglevel=error \
        --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=5000; then
        cat "$state/log" >&2
        die "npm could not get $package@$version" 'npm says above why: with no network, run k again when there is one'
    fi
    for tarball in "$state"/work/*.tgz; do :; done
    got=$(node -e "$find_hash" "$tarball") || got=nothing
    [ "$got" = "$hash" ] || die "what npm got is not the $package@$version of bun.lock: nothing of it was run" "its hash is $got, and not $hash"
    tar -xzf "$tarball" -C "$state/work" || die "$package@$version could not be unpacked" 'is the disk full?'
    : > "$state/unfinished"
    mkdir -p "$modules/@oven"
    rm -rf "$modules/${package:?}"
    mv "$state/work/package" "$modules/$package"
    rm -rf "$state/work"
    bun=$modules/$package/bin/bun
    starts "$bun" || die "the Bun of bun.lock does not start on this machine: $bun" 'install Bun another way: https://bun.sh'
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
        rm -f "$state/unfinished"
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
    case $home in *\\* | *\?*) die "Bun runs nothing in a folder that has a \`?\` or a \`\\\` in its name: $home" 'give it another name' ;; esac
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
        find_bun || bun_by_npm
        install_packages
        find_bun || die 'no Bun starts here' 'install Bun another way: https://bun.sh'
        remember
        bun=$mine/bun
    fi
    release
}
