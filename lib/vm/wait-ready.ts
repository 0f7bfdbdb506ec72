import { ProblemError } from "../core/problem.ts";
import { BootWatch, type Booting, bootProblem } from "./boot-watch.ts";
import { readConsole } from "./console.ts";
import { ask, inGuest, type SshResult } from "./ssh.ts";
import type { VmWorld } from "./world.ts";

/** How late a look at the port may be answered, in milliseconds: a guest that boots slowly greets slowly. */
const [shortLook, longLook] = [400, 10_000];

/** The part of the boot's time so far that a look may take. */
const lookShare = 0.1;

/** An attempt that is not turned away so soon, in milliseconds, has come to somebody. */
const turnedAway = 1000;

/** In seconds: a login is let go on for so long after the time is up, so that it is the watch that ends it, and says at what. */
const moment = 5;

/** What the guest prints first, once we are in. */
const welcome = "konductor is in\n";

/**
 * Resolves when ssh lets us in and cloud-init has done its work; says each stage as it comes. Rejects with a
 * `ProblemError` that says which went wrong, with the console's last lines.
 */
export async function waitUntilReady(booting: Booting, world: VmWorld): Promise<void> {
  const watch = new BootWatch(booting, world);
  await untilNetwork(booting, watch);
  const said = await untilDone(booting, watch, world);
  const errors = cloudInitErrors(said.stdout.slice(welcome.length));
  if (errors.length > 0) {
    throw new ProblemError({
      kind: "machine",
      what: `cloud-init failed in the guest: ${errors.slice(0, 3).join("; ")}`,
      hint: `the machine runs: \`k vm:exec --name ${booting.name} -- sudo cat /var/log/cloud-init.log\` says more`,
      detail: (await inGuest(booting.name, booting.files, world, whatFailed)).stdout.trim(),
    });
  }
  if (said.exitCode !== 0) {
    throw new ProblemError(
      bootProblem(
        "the connection to the guest broke while cloud-init ran",
        undefined,
        readConsole(booting.files.console)
      )
    );
  }
}

/**
 * Resolves when the guest's network answers, by whatever. From then on ssh itself is tried: a look that sshd greets costs the
 * guest a process, and time from the very login that is waited for.
 */
async function untilNetwork({ port }: Booting, watch: BootWatch): Promise<void> {
  const began = performance.now();
  await watch.until(
    () => "ssh does not answer",
    async () => {
      const share = (performance.now() - began) * lookShare;
      return (await ask(port, Math.min(Math.max(shortLook, share), longLook))) !== "silence";
    }
  );
}

/** Logs in, in as many attempts as it takes, and waits in the guest until cloud-init has ended; with what was printed there. */
async function untilDone(booting: Booting, watch: BootWatch, world: VmWorld): Promise<SshResult> {
  let what = "ssh does not answer";
  const tellLogin = once(() => watch.stage("ssh login"));
  let result: SshResult | undefined;
  await watch.until(
    () => what,
    async () => {
      const began = performance.now();
      const asWhat = (): string => {
        if (what === "ssh does not answer" && performance.now() - began > turnedAway) {
          what = "ssh answers, and does not go on,";
          tellLogin();
        }
        return what;
      };
      const onOutput = (): void => {
        what = "cloud-init does not end";
        watch.stage("cloud-init");
      };
      const tried = await watch.during(asWhat, (signal) =>
        inGuest(booting.name, booting.files, { ...world, signal }, cloudInitEnd, {
          timeout: watch.secondsLeft + moment,
          onOutput: once(onOutput),
        })
      );
      refuseOtherKey(tried, booting.name);
      if (!tried.stdout.startsWith(welcome)) {
        what = /Permission denied/.test(tried.stderr) ? "ssh answers, and lets nobody in," : "ssh does not answer";
        return false;
      }
      result = tried;
      return true;
    }
  );
  if (result === undefined) {
    throw new Error("it ended with a result");
  }
  return result;
}

function once(call: () => void): () => void {
  let isCalled = false;
  return () => {
    if (!isCalled) {
      isCalled = true;
      call();
    }
  };
}

/** Throws a `ProblemError` where sshd has another key than the pinned one: no later attempt would go better. */
function refuseOtherKey({ stderr }: SshResult, name: string): void {
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed/.test(stderr)) {
    throw new ProblemError({
      kind: "machine",
      what: "the guest's sshd shows another key than the one that was made for it",
      hint: `its disk has keys of its own: \`k vm:reset --name ${name}\` starts from the image again`,
      detail: stderr.trim(),
    });
  }
}

/**
 * Waits in the guest, since each look from outside takes time from what is waited for. Prints cloud-init's result; nothing for
 * a guest that has come to rest without one, because its image has no cloud-init or was told to leave it out.
 */
const cloudInitEnd = [
  `echo ${welcome.trim()}`,
  "n=0",
  "until test -s /run/cloud-init/result.json; do",
  "  n=$((n + 1))",
  // A question to systemd costs more than a look at a file.
  "  every=60; test -d /run/cloud-init && ! test -e /run/cloud-init/disabled || every=5",
  "  if test $((n % every)) = 0; then",
  '    case "$(systemctl is-system-running 2>/dev/null)" in running | degraded | "") exit 0 ;; esac',
  "  fi",
  "  sleep 1",
  "done",
  "cat /run/cloud-init/result.json",
].join("\n");

/** The units that failed, and the end of what cloud-init and its scripts printed. */
const whatFailed = [
  'sudo="$(test $(id -u) = 0 || echo sudo -n)"',
  "systemctl --failed --plain --no-legend --no-pager | sed 's/^/failed unit: /'",
  // A mount or service says more than that it failed.
  "for unit in $(systemctl --failed --plain --no-legend --no-pager | cut -d' ' -f1 | head -3); do",
  "  $sudo journalctl --no-pager --output=cat --lines=3 --unit=$unit",
  "done",
  "$sudo tail -n 5 /var/log/cloud-init-output.log",
].join("\n");

/** What `/run/cloud-init/result.json` tells: `{"v1": {"errors": [...]}}`. */
export function cloudInitErrors(text: string): readonly string[] {
  try {
    const { v1 } = JSON.parse(text) as { v1?: { errors?: readonly unknown[] } };
    return (v1?.errors ?? []).map(String);
  } catch {
    return [];
  }
}
