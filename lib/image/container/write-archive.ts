import { createReadStream, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { ProblemError } from "../../core/problem.ts";
import { errorCode, fileProblem } from "../../host/file-problem.ts";
import { konductorFacts } from "../../nix/facts.ts";
import {
  blobPath,
  type Descriptor,
  dockerManifest,
  type ImageAbout,
  imageOf,
  indexOf,
  mediaTypes,
} from "./manifest.ts";
import { SparseFile } from "./sparse-file.ts";
import { blockBytes, paddingOf, tarEnd, type TarEntry, tarHeader } from "./tar-header.ts";

export interface Packed {
  /** Of the manifest: what a registry knows the image by. */
  readonly digest: string;
  readonly layer: Descriptor;
  /** Of the archive, in bytes. */
  readonly bytes: number;
}

/** So much is read and written at once, in bytes. */
const chunkBytes = 1 << 20;

/**
 * Packs a disk as a containerDisk of KubeVirt, in one archive that is an OCI layout and a docker archive at once: the disk alone,
 * in the folder and for the user that KubeVirt's QEMU reads it as. Reads the disk once, needs no engine and no root, and gives the
 * same bytes for the same disk. `name` and `tag` are in the archive, not in the digest. Source for the layout:
 * <https://kubevirt.io/user-guide/storage/disks_and_volumes/#containerdisk>.
 */
export async function writeArchive(
  disk: string,
  out: string,
  about: ImageAbout & { readonly name: string; readonly tag: string },
  signal: AbortSignal
): Promise<Packed> {
  const fresh = `${out}.part`;
  try {
    const packed = await pack(disk, fresh, about, signal);
    renameSync(fresh, out);
    return packed;
  } catch (error) {
    throw errorCode(error) === undefined || signal.aborted
      ? error
      : new ProblemError(fileProblem(out, "the containerDisk was not written", error));
  } finally {
    if (existsSync(fresh)) {
      rmSync(fresh);
    }
  }
}

async function pack(
  disk: string,
  out: string,
  about: ImageAbout & { readonly name: string; readonly tag: string },
  signal: AbortSignal
): Promise<Packed> {
  await using file = await SparseFile.create(out);
  const put = async (name: string, bytes: Uint8Array): Promise<void> => {
    await file.append(tarHeader(plain(name, bytes.length)));
    await file.append(bytes);
    await file.append(Buffer.alloc(paddingOf(bytes.length)));
  };
  for (const name of ["blobs/", "blobs/sha256/"]) {
    await file.append(tarHeader({ ...plain(name, 0), type: "folder", mode: 0o755 }));
  }
  // The layer is called by its digest, which is known behind it.
  const header = file.size;
  await file.append(Buffer.alloc(blockBytes));
  const layer = await writeLayer(disk, file, about.created, signal);
  await file.patch(header, tarHeader(plain(blobPath(layer), layer.size)));
  await file.append(Buffer.alloc(paddingOf(layer.size)));
  const { config, manifest } = imageOf(layer, about);
  for (const { descriptor, bytes } of [config, manifest]) {
    await put(blobPath(descriptor), bytes);
  }
  await put("index.json", Buffer.from(indexOf(manifest.descriptor, about)));
  await put("oci-layout", Buffer.from(JSON.stringify({ imageLayoutVersion: "1.0.0" })));
  await put("manifest.json", Buffer.from(dockerManifest(config.descriptor, layer, `${about.name}:${about.tag}`)));
  await file.append(tarEnd);
  await file.finish();
  return { digest: manifest.descriptor.digest, layer, bytes: file.size };
}

/** The one layer, as a tar of the disk and its folder. */
async function writeLayer(disk: string, file: SparseFile, mtime: number, signal: AbortSignal): Promise<Descriptor> {
  const { diskFolder, diskFile, qemuUid: id } = konductorFacts.meta.kubevirt;
  const folder = `${diskFolder.replace(/^\//, "")}/`;
  const { size } = statSync(disk);
  const hasher = new Bun.CryptoHasher("sha256");
  const from = file.size;
  const add = async (bytes: Uint8Array): Promise<void> => {
    hasher.update(bytes);
    await file.append(bytes);
  };
  await add(tarHeader({ name: folder, type: "folder", mode: 0o555, id, size: 0, mtime }));
  await add(tarHeader({ name: `${folder}${diskFile}`, type: "file", mode: 0o440, id, size, mtime }));
  let read = 0;
  for await (const chunk of createReadStream(disk, { highWaterMark: chunkBytes, signal })) {
    read += (chunk as Buffer).length;
    await add(chunk as Buffer);
  }
  if (read !== size) {
    throw new ProblemError({
      kind: "file",
      path: disk,
      what: "it was not packed",
      why: "something else writes it",
      hint: "shut its machine down first",
    });
  }
  await add(Buffer.alloc(paddingOf(size)));
  await add(tarEnd);
  return { mediaType: mediaTypes.layer, digest: `sha256:${hasher.digest("hex")}`, size: file.size - from };
}

function plain(name: string, size: number): TarEntry {
  return { name, type: "file", mode: 0o644, id: 0, size, mtime: 0 };
}
