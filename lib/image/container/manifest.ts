/** A blob of an OCI image: by the digest of its content. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** JSON that is one of an image's blobs. */
export interface JsonBlob {
  readonly descriptor: Descriptor;
  readonly bytes: Buffer;
}

export const mediaTypes = {
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
  index: "application/vnd.oci.image.index.v1+json",
} as const;

export interface ImageAbout {
  readonly architecture: "amd64" | "arm64";
  /** The moment that the image says of itself, in seconds since 1970: the same for the same content. */
  readonly created: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Config and manifest of an image of one layer. Source: <https://github.com/opencontainers/image-spec>, v1.1. */
export function imageOf(layer: Descriptor, { architecture, created, labels }: ImageAbout) {
  const date = new Date(created * 1000).toISOString();
  const config = jsonBlob(mediaTypes.config, {
    created: date,
    architecture,
    os: "linux",
    config: { Labels: labels },
    // The layer is not compressed, so that both its digests are one: a disk image is compressed already.
    rootfs: { type: "layers", diff_ids: [layer.digest] },
    history: [{ created: date, created_by: "k qcow2:container" }],
  });
  const manifest = jsonBlob(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: config.descriptor,
    layers: [layer],
    annotations: labels,
  });
  return { config, manifest };
}

/** `index.json` of an OCI layout; `tag` is what skopeo and containerd call the image by. */
export function indexOf(manifest: Descriptor, { name, tag }: { readonly name: string; readonly tag: string }): string {
  const annotations = { "io.containerd.image.name": `${name}:${tag}`, "org.opencontainers.image.ref.name": tag };
  return JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [{ ...manifest, annotations }] });
}

/** `manifest.json`, by which `docker load` of any age finds its way. */
export function dockerManifest(config: Descriptor, layer: Descriptor, name: string): string {
  return JSON.stringify([{ Config: blobPath(config), RepoTags: [name], Layers: [blobPath(layer)] }]);
}

export function blobPath({ digest }: Pick<Descriptor, "digest">): string {
  return `blobs/${digest.replace(":", "/")}`;
}

function jsonBlob(mediaType: string, value: unknown): JsonBlob {
  const bytes = Buffer.from(JSON.stringify(value));
  const digest = `sha256:${new Bun.CryptoHasher("sha256").update(bytes).digest("hex")}`;
  return { bytes, descriptor: { mediaType, digest, size: bytes.length } };
}
