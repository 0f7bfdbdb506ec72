import { ProblemError } from "../core/problem.ts";
import { BootWatch, type Booting, bootProblem } from "./boot-watch.ts";
import { readConsole } from "./console.ts";
import { greets, inGuest } from "./ssh.ts";
import type { VmWorld } from "./world.ts";

/**
 * Resolves when ssh lets us in and cloud-init has done its work; says each stage as it comes. Rejects with a
 * `ProblemError` that says which went wrong, with the console's last lines.
 */
export async function waitUntilReady(booting: Booting, world: VmWorld): Promise<void> {
  const watch = new BootWatch(booting, world);
  await watch.until("ssh does not answer", () => greets(booting.port, 400));
  watch.stage("ssh login");
  await watch.until("ssh answers, and lets nobody in,", () =>
    watch.during("ssh answers, and does not go on,", (signal) =>
      letsUsIn(booting, { ...world, signal }, watch.secondsLeft)
    )
  );
  watch.stage("cloud-init");
  const said = await watch.during("cloud-init does not end", (signal) =>
    inGuest(booting.name, booting.files, { ...world, signal }, cloudInitEnd, watch.secondsLeft)
  );
  const errors = cloudInitErrors(said.stdout);
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

async function letsUsIn(booting: Booting, world: VmWorld, seconds: number): Promise<boolean> {
  const tried = await inGuest(booting.name, booting.files, world, "true", Math.min(seconds, 60));
  if (/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key verification failed/.test(tried.stderr)) {
    throw new ProblemError({
      kind: "machine",
      what: "the guest's sshd shows another key than the one that was made for it",
      hint: `its disk has keys of its own: \`k vm:reset --name ${booting.name}\` starts from the image again`,
      detail: tried.stderr.trim(),
    });
  }
  return tried.exitCode === 0;
}

/**
 * Waits in the guest, since each look from outside takes time from what is waited for. Prints cloud-init's result; nothing for
 * a guest that has come to rest without one, because its image has no cloud-init.
 */
const cloudInitEnd = [
  "n=0",
  "until test -s /run/cloud-init/result.json; do",
  "  n=$((n + 1))",
  // A question to systemd costs more than a look at a file.
  "  if test $((n % 5)) = 0; then",
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
