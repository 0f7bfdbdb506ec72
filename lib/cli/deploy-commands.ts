import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { ClusterFlags, ManifestFlags } from "../core/deploy.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { type Cluster, kubectlWords, needContext } from "../deploy/kubectl.ts";
import type { Json, Manifest } from "../deploy/manifest.ts";
import { readManifests } from "../deploy/read-manifests.ts";
import { refusePlaceholders } from "../deploy/placeholders.ts";
import { render } from "../deploy/render.ts";
import { type DeploySettings, settingsOf } from "../deploy/settings.ts";
import { readKeys, usualKeys } from "../deploy/ssh-keys.ts";
import { type Flaw, flawsOf } from "../deploy/validate.ts";
import { toYamlStream } from "../deploy/yaml.ts";
import { fileProblem } from "../host/file-problem.ts";
import type { Wiring } from "./wiring.ts";

type Context = Omit<TaskContext, "use">;

/** What the `deploy:kubevirt:*` tasks do: words of the user to calls of the domain. */
export class DeployCommands {
  readonly #wiring: Wiring;
  readonly #context: Context;

  constructor(wiring: Wiring, context: Context) {
    this.#wiring = wiring;
    this.#context = context;
  }

  render(flags: ManifestFlags): string {
    return toYamlStream(this.#rendered(flags).objects);
  }

  async validate(flags: ManifestFlags, files: readonly string[]): Promise<TaskResult> {
    const objects = files.length === 0 ? this.#rendered(flags).objects : files.flatMap((file) => this.#read(file));
    const flaws = await flawsOf(objects);
    return flaws.length === 0
      ? { status: "passed", note: `${objects.length} objects are as their kinds have them` }
      : { status: "failed", problems: flaws.map(flawProblem) };
  }

  async diff(flags: ClusterFlags): Promise<TaskResult> {
    const { cluster, text } = await this.#ready(flags);
    const ran = await this.#kubectl(cluster, ["diff", "--server-side", "--filename", "-"], text);
    // 1 says that there are differences (kubectl diff --help).
    if (ran > 1) {
      return this.#failed(ran, "kubectl diff");
    }
    return { status: "passed", note: ran === 0 ? `${cluster.context} has it all` : `${cluster.context} would change` };
  }

  async apply(flags: ClusterFlags): Promise<TaskResult> {
    const { cluster, text, settings } = await this.#ready(flags);
    refusePlaceholders(flags.overlay ?? "base", settings);
    const words = ["apply", "--server-side", "--field-manager", "konductor", "--filename", "-"];
    const ran = await this.#kubectl(cluster, words, text);
    return ran === 0
      ? {
          status: "passed",
          note: `\`virtctl --context ${cluster.context} -n ${settings.namespace} ssh vmi/${settings.name}\``,
        }
      : this.#failed(ran, "kubectl apply");
  }

  #rendered(flags: ManifestFlags): { readonly settings: DeploySettings; readonly objects: readonly Manifest[] } {
    const { overlay = "base", set, "ssh-key": keys } = flags;
    const sshKeys = keys === undefined ? usualKeys(this.#wiring.io.env) : readKeys(resolve(this.#context.cwd, keys));
    const settings = settingsOf(overlay, set, sshKeys);
    return { settings, objects: render(overlay, settings) };
  }

  /** What is known to be wrong never reaches a cluster. */
  async #ready(flags: ClusterFlags): Promise<{
    readonly cluster: Cluster;
    readonly settings: DeploySettings;
    readonly text: string;
  }> {
    const { settings, objects } = this.#rendered(flags);
    const cluster = await needContext(flags.context, this.#wiring.io.env, (argv) =>
      this.#context.exec(argv, { quiet: true })
    );
    const flaws = await flawsOf(objects);
    if (flaws.length > 0) {
      throw new ProblemError(...flaws.map(flawProblem));
    }
    return { cluster, settings, text: toYamlStream(objects) };
  }

  async #kubectl(cluster: Cluster, words: readonly string[], stdin: string): Promise<number> {
    return (await this.#context.exec(kubectlWords(cluster, words), { stdin })).exitCode;
  }

  #failed(exitCode: number, command: string): TaskResult {
    return { status: "failed", problems: [{ kind: "task-failed", id: this.#context.id, exitCode, command }] };
  }

  #read(file: string): readonly Json[] {
    const path = resolve(this.#context.cwd, file);
    try {
      return readManifests(file, readFileSync(path, "utf8"));
    } catch (error) {
      throw error instanceof ProblemError ? error : new ProblemError(fileProblem(file, "not read", error));
    }
  }
}

function flawProblem({ object, at, what }: Flaw): Problem {
  return { kind: "wrong-use", message: `${object}${at === "" ? "" : `, ${at}`}: ${what}` };
}
