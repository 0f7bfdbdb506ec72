# The image that people run: the base that Nix builds, with a health check, and folders that belong to who uses them.
#
# Nothing here is executed (there is no RUN), so either architecture is built on either, without emulation. `k docker:build`
# makes the base first; `k docker:buildx:bake:validate` checks that this file and bake.hcl fit together.

# facts:begin (from nix/lib, written by `k generate`)
ARG BASE_IMAGE=ghcr.io/braincraftio/konductor
ARG BASE_TAG_AMD64=nix2container-amd64
ARG BASE_TAG_ARM64=nix2container-arm64
# facts:end

FROM ${BASE_IMAGE}:${BASE_TAG_AMD64} AS base-amd64
FROM ${BASE_IMAGE}:${BASE_TAG_ARM64} AS base-arm64

FROM scratch AS folders
# folders:begin (from nix/lib, written by `k generate`)
WORKDIR /of/kc2/kc2
WORKDIR /of/kc2admin/kc2admin
WORKDIR /of/runner/runner
WORKDIR /of/workspace/workspace
WORKDIR /of/tmp/tmp
# folders:end

FROM base-${TARGETARCH} AS production
# homes:begin (from nix/lib, written by `k generate`)
WORKDIR /home
COPY --from=folders --chown=1002:1002 --chmod=0700 /of/kc2 /home
COPY --from=folders --chown=1001:1001 --chmod=0700 /of/kc2admin /home
COPY --from=folders --chown=1003:1003 --chmod=0700 /of/runner /home
COPY --from=folders --chown=1002:1002 --chmod=2775 /of/workspace /
COPY --from=folders --chown=0:0 --chmod=1777 /of/tmp /
WORKDIR /workspace
USER 1002:1002
# homes:end
# By this `k docker:clean` knows it.
LABEL com.konductor.managed=true
COPY LICENSE /licenses/konductor

# health:begin (from nix/lib, written by `k generate`)
HEALTHCHECK --interval=30s --timeout=10s --retries=3 CMD ["konductor-health"]
# health:end
