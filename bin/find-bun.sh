# shellcheck shell=sh
# Finds a Bun that starts, or gets one. It is a part of the launcher `k` that a warm start does not read, and uses its names.
home=${home?} lock=${lock?} modules=${modules?} state=${state?}

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
        bun=${rest%%:*}/bun
        rest=${rest#*:}
        # A relative folder, or none, is another one after the next `cd`.
        case $bun in /*/*) ;; *) continue ;; esac
        found=
        if starts "$bun"; then return 0; fi
        if [ -z "$other" ] && [ -x "$bun" ]; then other=${found:+is $found} && other=${other:-does not start}; fi
    done
    bun=
    return 1
}

# Goes on only where there is a way to a Bun: one of PATH, npm, or Nix, which takes over.
find_way() {
    if find_bun; then return 0; fi
    # What npm brings does not start on NixOS.
    if has npm && has node && ! { [ -e /etc/NIXOS ] && has nix; }; then return 0; fi
    through_nix "$@"
    hint='install one of them: https://bun.sh, https://nodejs.org, https://lix.systems'
    [ -z "$other" ] || die "k needs Bun 1.4 or a later 1.x, and the one on PATH $other" "\`bun upgrade\`, or $hint"
    die 'k needs Bun 1.4, npm or Nix, and none of them is on PATH' "$hint"
}

# Comes back only where there is no Nix, or where it did not help before.
through_nix() {
    if ! has nix || [ -n "${K_IN_NIX-}" ]; then return; fi
    say 'no Bun that starts, and none to get with npm: going through nix develop'
    # A PATH with Nix alone has no readlink, and then there is no lock of ours.
    holder=$(readlink "$state/lock" 2> /dev/null) || holder=
    [ "$holder" != "$$" ] || release
    K_IN_NIX=1 exec nix --extra-experimental-features 'nix-command flakes' develop "$home" --command "$home/k" "$@"
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
    bun=$modules/$package/bin/bun
    if [ ! -s "$bun" ]; then
        say "getting Bun $version with npm"
        download
    fi
    if ! starts "$bun"; then
        through_nix "$@"
        die "the Bun of bun.lock does not start on this machine: $bun" 'install Bun another way: https://bun.sh'
    fi
}

download() {
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
    mkdir -p "$modules/@oven"
    rm -rf "$modules/${package:?}"
    # A folder is moved whole or not at all.
    mv "$state/work/package" "$modules/$package"
}
