# Of the sockets that Docker is known to have, the first that is there: without root, as a service, on macOS.
if [[ -z ${DOCKER_HOST-} ]]; then
    for konductor_socket in \
        "${XDG_RUNTIME_DIR:-/run/user/${UID}}/docker.sock" \
        /var/run/docker.sock \
        "${HOME-}/.docker/run/docker.sock"; do
        if [[ -S ${konductor_socket} ]]; then
            export DOCKER_HOST="unix://${konductor_socket}"
            break
        fi
    done
    unset konductor_socket
fi
