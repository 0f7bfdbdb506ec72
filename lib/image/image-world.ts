import type { StartRequest } from "../vm/start-request.ts";
import type { VmWorld } from "../vm/world.ts";

/** What a run of the pipeline needs beside the machine it runs on. */
export interface ImageWorld extends VmWorld {
  /** Builds the image with Nix; resolves with where it is, absolute. */
  buildWithNix(): Promise<string>;
}

/** One run of the pipeline, as the user asked for it. */
export interface ImageRequest {
  /** How its machine is started; `image` is not known before the first step. */
  readonly machine: Omit<StartRequest, "image">;
  /** A given image, absolute; undefined has Nix build it. */
  readonly image: string | undefined;
  /** The result, absolute; undefined for the usual name. */
  readonly out: string | undefined;
  readonly replaces: boolean;
  readonly skipsBoot: boolean;
  /** The project's root, absolute. */
  readonly root: string;
}
