import { type HookName, hookFacts } from "../core/hook.ts";

/** What a hook script was made for. */
export interface ShimFacts {
  readonly hook: HookName;
  /** `k`'s home, absolute. */
  readonly home: string;
  /** The same from the top of the working tree, where it is in it: that place moves with the clone. */
  readonly inside: string | undefined;
  /** The program of a package, absolute: its home has no launcher. */
  readonly program: string | undefined;
}

/** By this line a hook is known as `k`'s own. */
const mark = "# k-hook:";

/** Where the hook that stood there before is kept, beside it. */
export const keptSuffix = ".before-k";

/** In the environment: the script says that it was reached, and what `k` it found, and does nothing else. */
export const probeVariable = "K_HOOKS_PROBE";

export function isShim(text: string): boolean {
  return text.startsWith("#!/bin/sh\n") && text.slice(0, 400).includes(`\n${mark} `);
}

/** A failure of `k` to be there stops what git is about to do, unless nothing could be wrong with it or it is done. */
export function failsClosed(hook: HookName): boolean {
  return hookFacts(hook).stops !== undefined && hook !== "prepare-commit-msg";
}

/** How the launcher finds the name that a binary has on this system: a clone may be shared by several. A test holds them the same. */
export const systemLines = [
  "system=other",
  "[ ! -r /proc/sys/kernel/arch ] || read -r system < /proc/sys/kernel/arch",
  "[ ! -e /etc/NIXOS ] || system=$system-nixos",
  'for loader in /lib/ld-musl-*; do [ ! -e "$loader" ] || system=$system-musl; done',
] as const;

/**
 * The script that git runs. It looks for `k` where it was at installation, then where a terminal, a graphical client or a
 * container without a login profile may have it, and hands over what git gave: arguments, stdin, environment.
 */
export function shimText({ hook, home, inside, program }: ShimFacts): string {
  return `#!/bin/sh
# Made by \`k hooks install\`: edits here are lost. \`k hooks uninstall\` brings back what was here before.
${mark} ${hook}
hook=${hook}
home=${quoted(home)}
inside=${quoted(inside ?? "")}
program=${quoted(program ?? "")}
case $0 in */*) kept=\${0%/*}/$hook${keptSuffix} ;; *) kept=./$hook${keptSuffix} ;; esac

# Another program may be called k too.
is_k() { case $("$1" --version < /dev/null 2> /dev/null) in "k "[0-9]*) ;; *) return 1 ;; esac; }

find_k() {
    k=$home/k
    [ -x "$k" ] && return
    k=./$inside/k
    [ -n "$inside" ] && [ -x "$k" ] && return
    for k in "$(command -v k)" "\${HOME-}/.local/bin/k" "\${HOME-}/bin/k" "\${HOME-}/.bun/bin/k" "\${HOME-}/.nix-profile/bin/k" \\
        "/etc/profiles/per-user/\${USER-}/bin/k" /run/current-system/sw/bin/k /nix/var/nix/profiles/default/bin/k \\
        /usr/local/bin/k /opt/homebrew/bin/k /home/linuxbrew/.linuxbrew/bin/k /opt/konductor/k "$program"; do
        [ -x "$k" ] || continue
        # The very one that made this need not be asked, which would take as long as a start; a later one has its name in PATH.
        # shellcheck disable=SC3013 # every sh has -ef, and POSIX has it since 2024
        [ "$k" -ef "$program" ] 2> /dev/null || is_k "$k" && return
    done
    k=
    return 1
}

# To start what \`k\` would become, where it was built, costs a program less; it sees by itself whether it is of its sources.
take_built() {
    [ -z "\${K_FROM_SOURCE-}\${K_IN_NIX-}" ] || return
${systemLines.map((line) => `    ${line}\n`).join("")}    built=\${k%/k}/node_modules/.k/$system/k
    [ -x "$built" ] || return
    unset BUN_BE_BUN
    k=$built
}

missing() {
    printf '%s\\n' "${failsClosed(hook) ? "error" : "warning"}: k is not to be found, and the $hook hook runs it: it was in $home" >&2
    printf '%s\\n' "hint: \\\`k hooks install\\\` mends it, with k as it is called now; or remove \${0%/*}/$hook" >&2
${missingEnd(hook)}
}

if [ -n "\${${probeVariable}-}" ]; then
    find_k || missing
    printf '%s %s\\n' "$${probeVariable}" "$k"
    unset ${probeVariable}
    exec "$k" --version
fi
${body(hook)}`;
}

function missingEnd(hook: HookName): string {
  if (!failsClosed(hook)) {
    return "    exit 0";
  }
  return `    printf '%s\\n' "hint: to skip it once: ${skipCommand(hook)}" >&2\n    exit 1`;
}

/** What a user types to do without the hook this time. */
export function skipCommand(hook: HookName): string {
  const { stops } = hookFacts(hook);
  if (stops === "commit") {
    return "git commit --no-verify";
  }
  if (hook === "pre-push") {
    return "git push --no-verify";
  }
  if (stops === "rebase") {
    return "git rebase --no-verify";
  }
  return "K_HOOKS=0 git …";
}

/** After the event there is nothing to stop, and git itself would end with the hook's exit code. */
function body(hook: HookName): string {
  const call = `"$k" hooks:run "$hook" --git -- "$@"`;
  const last = hook.startsWith("post-") ? `${call} || :\nexit 0` : `exec ${call}`;
  if (hookFacts(hook).stdin === undefined) {
    return `[ ! -x "$kept" ] || "$kept" "$@" || exit $?\n[ "\${K_HOOKS-}" != 0 ] || exit 0\nfind_k || missing\ntake_built\n${last}\n`;
  }
  return `if [ -x "$kept" ]; then
    # Both get all of it.
    input=$(cat && printf x)
    input=\${input%x}
    { printf '%s' "$input" || :; } 2> /dev/null | "$kept" "$@" || exit $?
    [ "\${K_HOOKS-}" != 0 ] || exit 0
    find_k || missing
    take_built
    { printf '%s' "$input" || :; } 2> /dev/null | ${call}
    exit ${hook.startsWith("post-") ? "0" : "$?"}
fi
[ "\${K_HOOKS-}" != 0 ] || exit 0
find_k || missing
take_built
${last}
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
