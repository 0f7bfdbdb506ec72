import type { Accelerator } from "./machine.ts";

/** How a machine is to be started. */
export interface StartRequest {
  readonly name: string;
  /** The user asked for a machine of that name. */
  readonly isNameGiven: boolean;
  /** Whether to wait until the guest is ready. */
  readonly waits: boolean;
  /** A qcow2 image, absolute; never written. */
  readonly image: string;
  /** The user asked for that very image. */
  readonly isImageGiven: boolean;
  readonly memoryMiB: number;
  readonly cpus: number;
  readonly port: number;
  /** The user asked for that very port. */
  readonly isPortFixed: boolean;
  /** Of the guest's disk, as qemu-img takes it (`20G`); that of the image where it is not given. */
  readonly diskSize: string | undefined;
  /** Absolute. */
  readonly share: string | undefined;
  readonly accelerator: Accelerator | "auto";
  readonly passwordLogin: boolean;
  /** Its disk is to become an image. */
  readonly isForImage?: boolean;
  /** In seconds, until the guest is ready; by the accelerator where it is not given. */
  readonly timeout: number | undefined;
  /** The project's root, absolute. */
  readonly project: string;
  readonly user: { readonly name: string; readonly uid: number };
}
