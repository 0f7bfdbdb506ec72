#!/usr/bin/env bash
# A real docker engine of the tests' own: own socket, data and settings, away from whatever else runs here.
#
#   engine.sh check CACHE         exits with 0 where all that it needs is in CACHE
#   engine.sh fetch CACHE         gets it there: Debian's packages, as root
#   engine.sh start CACHE FOLDER  starts the engine, and comes back when it answers on FOLDER/docker.sock
#   engine.sh stop FOLDER         ends what was started there, and nothing else
#
# Debian 12's own engine (20.10) lacks buildx and compose, and cannot store images of several platforms. Those of
# Debian 13 ask for no newer C library, and run on Debian 12's containerd and runc. They are only unpacked.
set -euo pipefail

readonly release=trixie
readonly from_next=("docker.io/${release}" "docker-cli/${release}" docker-buildx "docker-compose/${release}" "busybox-static/${release}")
readonly installed=(docker.io iptables docker-registry)

stamp() {
    sha256sum < "${BASH_SOURCE[0]}" | cut -c 1-16
}

check() {
    [[ -f "$1/stamp" && "$(< "$1/stamp")" == "$(stamp)" ]] && has_programs
}

has_programs() {
    local program
    for program in containerd runc iptables docker-registry; do
        command -v "${program}" > /dev/null || return 1
    done
}

# The mirror that this machine already uses, whichever form its list of sources has.
mirror() {
    local uri
    # shellcheck disable=SC2016 # apt replaces $(REPO_URI)
    uri="$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep --max-count=1 '/debian/$' || true)"
    [[ -n "${uri}" ]] || {
        echo "engine.sh: the lists of apt name no mirror of Debian" >&2
        exit 1
    }
    echo "${uri}"
}

fetch() {
    local cache="$1" work uri
    mkdir -p "${cache}"
    # Two that fetch at once take turns.
    exec 9> "${cache}/lock"
    flock 9
    if check "${cache}"; then
        return
    fi
    if ! has_programs; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${installed[@]}" > /dev/null
    fi
    uri="$(mirror)"
    rm -rf "${cache:?}/work" "${cache}/engine" "${cache}/stamp"
    work="${cache}/work"
    mkdir -p "${work}/lists/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${uri} ${release} main" > "${work}/sources.list"
    local apt=(apt-get -qq -o "Dir::Etc::sourcelist=${work}/sources.list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=${work}/lists"
        -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root)
    "${apt[@]}" update
    (cd "${work}" && "${apt[@]}" download "${from_next[@]}")
    for package in "${work}"/*.deb; do
        dpkg -x "${package}" "${work}/tree"
    done
    mkdir -p "${cache}/engine/bin" "${cache}/engine/cli-plugins"
    mv "${work}"/tree/usr/sbin/{dockerd,docker-proxy} "${work}/tree/usr/bin/docker" "${work}/tree/usr/bin/busybox" "${cache}/engine/bin/"
    mv "${work}"/tree/usr/libexec/docker/cli-plugins/{docker-buildx,docker-compose} "${cache}/engine/cli-plugins/"
    rm -rf "${work}"
    stamp > "${cache}/stamp"
}

start() {
    local cache="$1" folder="$2"
    mkdir -p "${folder}/config/cli-plugins"
    ln -sfn "${cache}/engine/cli-plugins/docker-buildx" "${folder}/config/cli-plugins/docker-buildx"
    ln -sfn "${cache}/engine/cli-plugins/docker-compose" "${folder}/config/cli-plugins/docker-compose"
    # Images of several platforms in one engine need containerd's store.
    echo '{"features": {"containerd-snapshotter": true}}' > "${folder}/daemon.json"
    PATH="${cache}/engine/bin:${PATH}" setsid dockerd --config-file "${folder}/daemon.json" --host "unix://${folder}/docker.sock" \
        --data-root "${folder}/data" --exec-root "${folder}/exec" --pidfile "${folder}/dockerd.pid" \
        > "${folder}/log" 2>&1 < /dev/null &
    local pid=$!
    for _ in {1..300}; do
        if DOCKER_CONFIG="${folder}/config" "${cache}/engine/bin/docker" --host "unix://${folder}/docker.sock" version > /dev/null 2>&1; then
            return
        fi
        kill -0 "${pid}" 2> /dev/null || break
        sleep 0.1
    done
    tail -n 20 "${folder}/log" >&2
    exit 1
}

stop() {
    local folder="$1" pid
    pid="$(cat "${folder}/dockerd.pid" 2> /dev/null || true)"
    # A number alone may by now be another process's.
    if [[ -n "${pid}" ]] && tr '\0' ' ' < "/proc/${pid}/cmdline" 2> /dev/null | grep --quiet --fixed-strings "${folder}/dockerd.pid"; then
        kill "${pid}"
        for _ in {1..200}; do
            kill -0 "${pid}" 2> /dev/null || break
            sleep 0.1
        done
        kill -KILL "${pid}" 2> /dev/null || true
    fi
    # What it leaves mounted would keep the folder from going.
    while read -r _ mounted _; do
        [[ "${mounted}" == "${folder}"/* ]] && umount --lazy "${mounted}"
    done < /proc/mounts
    rm -rf "${folder}"
}

case "${1:-}" in
    check | fetch | start | stop) "$@" ;;
    *)
        sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
