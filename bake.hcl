# Images of several architectures: `k docker:buildx:bake`, or `docker buildx bake -f bake.hcl TARGET`.
# Every variable can be set in the environment. `k docker:buildx:bake:validate` checks what comes of it.

# facts:begin (from nix/lib, written by `k generate`)
variable "IMAGE_TITLE" {
  default = "konductor"
}
variable "IMAGE_VENDOR" {
  default = "BrainCraft.io"
}
variable "IMAGE_SOURCE" {
  default = "https://github.com/braincraftio/konductor"
}
variable "IMAGE_LICENSE" {
  default = "MIT"
}
variable "IMAGE" {
  default = "ghcr.io/braincraftio/konductor"
}
variable "BASE_IMAGE" {
  default = "ghcr.io/braincraftio/konductor"
}
variable "BASE_TAG_AMD64" {
  default = "nix2container-amd64"
}
variable "BASE_TAG_ARM64" {
  default = "nix2container-arm64"
}
variable "ARCHITECTURES" {
  default = ["amd64", "arm64"]
}
variable "PLATFORMS" {
  default = ["linux/amd64", "linux/arm64"]
}
# facts:end

variable "TAG" {
  default = "latest"
}

# The commit, the branch and the number of a run in CI; empty elsewhere.
variable "GITHUB_SHA" {
  default = ""
}
variable "GITHUB_REF_NAME" {
  default = ""
}
variable "GITHUB_RUN_NUMBER" {
  default = ""
}

# Where builds of a CI keep their cache: an image, without a tag. No cache is read or written where it is empty.
variable "CACHE" {
  default = ""
}

# Its scanner is an image of its own; empty leaves the bill of materials away, where there is no network for it.
variable "SBOM" {
  default = "type=sbom"
}

# Of konductor-dev, on this machine.
variable "LOCAL_CACHE" {
  default = ".konductor/buildx-cache"
}

function "tags" {
  params = [suffix]
  result = compact([
    "${IMAGE}:${TAG}${suffix}",
    GITHUB_SHA == "" ? "" : "${IMAGE}:sha-${substr(GITHUB_SHA, 0, 7)}${suffix}",
    GITHUB_REF_NAME == "" || GITHUB_REF_NAME == "main" ? "" : "${IMAGE}:${regex_replace(GITHUB_REF_NAME, "[^A-Za-z0-9_.-]", "-")}${suffix}",
    GITHUB_RUN_NUMBER == "" ? "" : "${IMAGE}:build-${GITHUB_RUN_NUMBER}${suffix}",
  ])
}

group "default" {
  targets = ["konductor"]
}

group "all" {
  targets = ["konductor", "konductor-arch"]
}

group "local" {
  targets = ["konductor-local"]
}

group "ci" {
  targets = ["konductor-ci", "konductor-ci-arch"]
}

target "_common" {
  context    = "."
  dockerfile = "Dockerfile"
  target     = "production"
  args = {
    BASE_IMAGE     = BASE_IMAGE
    BASE_TAG_AMD64 = BASE_TAG_AMD64
    BASE_TAG_ARM64 = BASE_TAG_ARM64
  }
  labels = {
    "org.opencontainers.image.title"    = IMAGE_TITLE
    "org.opencontainers.image.vendor"   = IMAGE_VENDOR
    "org.opencontainers.image.source"   = IMAGE_SOURCE
    "org.opencontainers.image.licenses" = IMAGE_LICENSE
    "org.opencontainers.image.version"  = TAG
    "org.opencontainers.image.revision" = GITHUB_SHA
  }
}

# What an image is made of and how, signed off by the builder, goes with every image that is pushed.
target "_published" {
  inherits = ["_common"]
  attest   = compact(["type=provenance,mode=max", SBOM])
}

target "konductor" {
  inherits  = ["_published"]
  platforms = PLATFORMS
  tags      = tags("")
}

target "konductor-arch" {
  inherits  = ["_published"]
  name      = "konductor-${arch}"
  matrix    = { arch = ARCHITECTURES }
  platforms = ["linux/${arch}"]
  tags      = tags("-${arch}")
}

target "konductor-local" {
  inherits = ["_common"]
  tags     = ["${IMAGE}:local", "${IMAGE}:dev"]
  output   = ["type=docker"]
}

target "konductor-dev" {
  inherits   = ["_common"]
  tags       = ["${IMAGE}:dev"]
  cache-from = ["type=local,src=${LOCAL_CACHE}"]
  cache-to   = ["type=local,dest=${LOCAL_CACHE},mode=max"]
  output     = ["type=docker"]
}

target "konductor-ci" {
  inherits   = ["konductor"]
  cache-from = CACHE == "" ? [] : ["type=registry,ref=${CACHE}:buildcache"]
  cache-to   = CACHE == "" ? [] : ["type=registry,ref=${CACHE}:buildcache,mode=max"]
}

target "konductor-ci-arch" {
  inherits   = ["_published"]
  name       = "konductor-ci-${arch}"
  matrix     = { arch = ARCHITECTURES }
  platforms  = ["linux/${arch}"]
  tags       = tags("-${arch}")
  cache-from = CACHE == "" ? [] : ["type=registry,ref=${CACHE}:buildcache-${arch}"]
  cache-to   = CACHE == "" ? [] : ["type=registry,ref=${CACHE}:buildcache-${arch},mode=max"]
}
