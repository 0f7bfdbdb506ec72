import type { Check } from "./check.ts";
import binfmt from "./checks/binfmt.ts";
import buildx from "./checks/buildx.ts";
import bun from "./checks/bun.ts";
import cachix from "./checks/cachix.ts";
import completions from "./checks/completions.ts";
import compose from "./checks/compose.ts";
import containerDaemon from "./checks/container-daemon.ts";
import containerEngine from "./checks/container-engine.ts";
import direnv from "./checks/direnv.ts";
import direnvHook from "./checks/direnv-hook.ts";
import disk from "./checks/disk.ts";
import envFile from "./checks/env-file.ts";
import flake from "./checks/flake.ts";
import flakeEval from "./checks/flake-eval.ts";
import flakeLock from "./checks/flake-lock.ts";
import folders from "./checks/folders.ts";
import git from "./checks/git.ts";
import gitIdentity from "./checks/git-identity.ts";
import home from "./checks/home.ts";
import hooks from "./checks/hooks.ts";
import kOnPath from "./checks/k-on-path.ts";
import kvm from "./checks/kvm.ts";
import locale from "./checks/locale.ts";
import neovim from "./checks/neovim.ts";
import network from "./checks/network.ts";
import nix from "./checks/nix.ts";
import nixBuilders from "./checks/nix-builders.ts";
import nixDaemon from "./checks/nix-daemon.ts";
import nixFlakes from "./checks/nix-flakes.ts";
import nixSubstituters from "./checks/nix-substituters.ts";
import nixTrusted from "./checks/nix-trusted.ts";
import nodeModules from "./checks/node-modules.ts";
import qemu from "./checks/qemu.ts";
import repository from "./checks/repository.ts";
import settings from "./checks/settings.ts";
import sshKey from "./checks/ssh-key.ts";
import sshPort from "./checks/ssh-port.ts";
import terminal from "./checks/terminal.ts";
import tmux from "./checks/tmux.ts";
import tmuxp from "./checks/tmuxp.ts";
import tools from "./checks/tools.ts";
import trust from "./checks/trust.ts";
import virtualisation from "./checks/virtualisation.ts";

/** Every check, in the order of the report. */
export const checks: readonly Check[] = [
  settings,
  trust,
  git,
  repository,
  gitIdentity,
  hooks,
  sshKey,
  envFile,
  nix,
  nixFlakes,
  nixDaemon,
  nixTrusted,
  nixSubstituters,
  nixBuilders,
  cachix,
  flake,
  flakeLock,
  flakeEval,
  home,
  folders,
  disk,
  kvm,
  virtualisation,
  binfmt,
  qemu,
  sshPort,
  network,
  containerEngine,
  containerDaemon,
  compose,
  buildx,
  kOnPath,
  completions,
  direnv,
  direnvHook,
  terminal,
  locale,
  neovim,
  tmux,
  tmuxp,
  bun,
  nodeModules,
  tools,
];

export function checkNamed(name: string): Check | undefined {
  return checks.find((check) => check.name === name);
}
