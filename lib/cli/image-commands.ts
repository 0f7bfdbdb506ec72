import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  type ContainerFlags,
  type ExportFlags,
  type ImageFlags,
  type ImageStep,
  imageSteps,
  type PublishFlags,
  type PushFlags,
} from "../core/image.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { writeArchive } from "../image/container/write-archive.ts";
import { findPusher, loggedInAs, loginCommand, type Pusher, pushArchive } from "../image/registry/pushers.ts";
import { type Reference, referenceOf, showReference } from "../image/registry/reference.ts";
import { runStep, type StepEnd } from "../image/run-step.ts";
import { konductorFacts } from "../nix/facts.ts";
import { inspectImage } from "../vm/image.ts";
import { call } from "../vm/world.ts";
import { exportMachine } from "./export-machine.ts";
import { MachineCommands } from "./machine-commands.ts";
import { imageRequest } from "./machine-request.ts";
import { machineWorld } from "./machine-world.ts";
import type { Wiring } from "./wiring.ts";

type Context = Omit<TaskContext, "use">;

/** What the `qcow2:*` tasks and `vm:export` do: words of the user and of the config to calls of the domain. */
export class ImageCommands {
  readonly #wiring: Wiring;
  readonly #context: Context;
  readonly #world: ReturnType<typeof machineWorld>;

  constructor(wiring: Wiring, context: Context) {
    this.#wiring = wiring;
    this.#context = context;
    this.#world = machineWorld(wiring, context);
  }

  async step(step: ImageStep, flags: ImageFlags): Promise<TaskResult> {
    const { kind, note } = await this.#step(step, flags);
    return kind === "kept"
      ? { status: "skipped", reason: { kind: "nothing-to-do", why: `done before: ${note}` } }
      : this.#passed(note);
  }

  async container({ image, out, tag, arch }: ContainerFlags): Promise<TaskResult> {
    const disk = this.#given(image) ?? this.#newest(".qcow2", "`k qcow2:image` makes one");
    return this.#passed((await this.#pack(disk, this.#given(out), referenceOf(tag), arch)).note);
  }

  async login({ tag, with: wanted }: Pick<PushFlags, "tag" | "with">): Promise<TaskResult> {
    const reference = referenceOf(tag);
    const pusher = findPusher(wanted, this.#world);
    const { GITHUB_TOKEN: token, GITHUB_ACTOR: actor } = this.#world.env;
    if (token === undefined && !this.#wiring.io.stdinIsTerminal) {
      throw new ProblemError({
        kind: "refused",
        what: `there is no password for ${reference.registry}, and nobody to ask`,
        hint: "set GITHUB_ACTOR and GITHUB_TOKEN (a token that may write packages)",
      });
    }
    const user = token === undefined ? undefined : (actor ?? "token");
    const argv = loginCommand(pusher, reference, user);
    // One that asks has the user's own terminal, and no stdin but that.
    const ran =
      token === undefined
        ? await this.#context.exec(argv)
        : await call(this.#world, argv, { stdin: token, timeout: 60 });
    if (ran.exitCode !== 0) {
      const command = `${pusher.name} login ${reference.registry}`;
      const output = (ran.stderr || ran.stdout).trim();
      throw new ProblemError({ kind: "tool-crashed", tool: pusher.name, exitCode: ran.exitCode, output, command });
    }
    return this.#passed(`${pusher.name} is logged in to ${reference.registry}`);
  }

  async push({ archive, tag, with: wanted }: PushFlags): Promise<TaskResult> {
    const reference = referenceOf(tag);
    const pusher = await this.#readyPusher(reference, wanted);
    const file = this.#given(archive) ?? this.#newest(".oci.tar", "`k qcow2:container` makes one");
    return this.#push(file, reference, pusher);
  }

  /** Whether it may be pushed is asked first: the rest takes minutes. */
  async publish(flags: PublishFlags): Promise<TaskResult> {
    const reference = referenceOf(flags.tag);
    const pusher = await this.#readyPusher(reference, flags.with);
    for (const step of imageSteps) {
      this.#world.stage(step);
      const { kind, note } = await this.#step(step, flags);
      this.#context.log(`${step}: ${kind === "kept" ? "done before: " : ""}${note}`);
    }
    const disk = this.#given(flags.out) ?? this.#newest(".qcow2", "`k qcow2:image` makes one");
    const { archive } = await this.#pack(disk, undefined, reference, flags.arch);
    return this.#push(archive, reference, pusher);
  }

  async exportMachine(flags: ExportFlags): Promise<TaskResult> {
    return this.#passed(await exportMachine(flags, this.#context, this.#world));
  }

  #step(step: ImageStep, flags: ImageFlags): Promise<StepEnd> {
    const request = imageRequest(flags, this.#wiring.opened.config.vm, this.#context);
    const buildWithNix = (): Promise<string> => new MachineCommands(this.#wiring, this.#context).build();
    return runStep(step, flags.from, request, { ...this.#world, buildWithNix });
  }

  async #pack(
    disk: string,
    given: string | undefined,
    reference: Reference,
    arch: ContainerFlags["arch"]
  ): Promise<{ readonly archive: string; readonly note: string }> {
    // What cannot boot is no containerDisk, however well it is packed.
    await inspectImage(disk, this.#world);
    const archive = given ?? `${disk.replace(/\.qcow2$/, "")}.oci.tar`;
    this.#world.stage("packing");
    const about = { ...reference, ...this.#about(arch) };
    const { digest, bytes } = await writeArchive(disk, archive, about, this.#context.signal);
    return { archive, note: `${archive}: ${Math.round(bytes / 2 ** 20)} MiB, ${showReference(reference)}, ${digest}` };
  }

  #about(arch: ContainerFlags["arch"]) {
    const { meta } = konductorFacts;
    const epoch = Number(this.#world.env["SOURCE_DATE_EPOCH"] ?? 0);
    return {
      architecture: arch ?? (process.arch === "arm64" ? ("arm64" as const) : ("amd64" as const)),
      created: Number.isSafeInteger(epoch) && epoch >= 0 ? epoch : 0,
      labels: {
        "org.opencontainers.image.title": meta.name,
        "org.opencontainers.image.description": meta.description,
        "org.opencontainers.image.licenses": meta.license,
        "org.opencontainers.image.source": meta.homepage,
        "org.opencontainers.image.vendor": meta.image.vendor,
      },
    };
  }

  async #readyPusher(reference: Reference, wanted: PushFlags["with"]): Promise<Pusher> {
    const pusher = findPusher(wanted, this.#world);
    if ((await loggedInAs(pusher, reference, this.#world)) === undefined) {
      throw new ProblemError({
        kind: "refused",
        what: `${pusher.name} is not logged in to ${reference.registry}`,
        hint: `\`k qcow2:login${wanted === undefined ? "" : ` --with ${wanted}`}\` logs in`,
      });
    }
    return pusher;
  }

  async #push(archive: string, reference: Reference, pusher: Pusher): Promise<TaskResult> {
    if (!existsSync(archive)) {
      const hint = "`k qcow2:container` makes one";
      throw new ProblemError({ kind: "file", path: archive, what: "not pushed", why: "there is no such file", hint });
    }
    this.#world.stage(`pushing with ${pusher.name}`);
    await pushArchive(pusher, archive, reference, this.#world);
    return this.#passed(`${showReference(reference)} is pushed`);
  }

  #given(path: string | undefined): string | undefined {
    return path === undefined ? undefined : resolve(this.#context.cwd, path);
  }

  /** Of the files that the pipeline writes into the project. */
  #newest(end: string, hint: string): string {
    const { root } = this.#context;
    const found = readdirSync(root)
      .filter((name) => name.startsWith(`${konductorFacts.meta.name}-`) && name.endsWith(end))
      .map((name) => join(root, name))
      .toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
    const [newest] = found;
    if (newest === undefined) {
      const what = `there is no ${konductorFacts.meta.name}-*${end} in ${root}`;
      throw new ProblemError({ kind: "refused", what, hint });
    }
    return newest;
  }

  #passed(note: string): TaskResult {
    return { status: "passed", note: [note, ...this.#world.said].join("; ") };
  }
}
