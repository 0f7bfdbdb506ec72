/** A digest of texts in their order, 128 bits of SHA-256 in hex; no two lists of texts give the same. */
export function digestOf(parts: Iterable<string | Uint8Array>): string {
  const hash = new Bun.CryptoHasher("sha256");
  for (const part of parts) {
    hash.update(`${part.length}\0`).update(part);
  }
  return hash.digest("hex").slice(0, 32);
}

/** The id that git gives to a file with these bytes, in a repository whose ids have so many hex digits. */
export function blobId(bytes: Uint8Array, digits = 40): string {
  const hash = new Bun.CryptoHasher(digits === 64 ? "sha256" : "sha1");
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
