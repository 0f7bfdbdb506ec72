import { createHash } from "node:crypto";

/** In place of Lix's installer: programs that answer as far as the container asks them. */
const installer = `#!/bin/sh
set -eu
bin=/nix/var/nix/profiles/default/bin
mkdir -p "$bin"
echo "$*" > /nix/installed-with
cat > "$bin/nix" <<'END'
#!/bin/sh
case "$*" in
    *"store ping"*) test -e /nix/daemon ;;
    *--version*) echo "nix (stand-in) 2.0" ;;
esac
END
cat > "$bin/nix-daemon" <<'END'
#!/bin/sh
echo "nix-daemon (stand-in) listens"
: > /nix/daemon
trap 'exit 0' TERM
while :; do sleep 0.2; done
END
chmod 0755 "$bin/nix" "$bin/nix-daemon"
chmod 1777 /nix
echo "experimental-features = nix-command flakes" > /etc/nix/nix.conf
`;

export interface LixMirror {
  /** A compose file that sets the build's arguments to this mirror. */
  composeFile(more?: { readonly sha256?: string; readonly command?: string }): string;
  stop(): void;
}

/** Serves the stand-in to builds, on this machine alone. */
export function lixMirror(): LixMirror {
  const archive = "not an archive";
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: ({ url }) => new Response(url.endsWith("/installer") ? installer : archive),
  });
  const sum = (text: string): string => createHash("sha256").update(text).digest("hex");
  return {
    composeFile: ({ sha256, command } = {}) =>
      [
        "services:",
        "  devcontainer:",
        "    build:",
        "      args:",
        `        LIX_INSTALLER: ${server.url.href}installer`,
        `        LIX_INSTALLER_SHA256: "${sha256 ?? sum(installer)}"`,
        `        LIX_ARCHIVE: ${server.url.href}lix.tar.xz`,
        `        LIX_ARCHIVE_SHA256: "${sum(archive)}"`,
        // The engine looks for the first time after that long.
        "    healthcheck:",
        "      interval: 1s",
        ...(command === undefined
          ? []
          : [`    command: ["sh", "-c", ${JSON.stringify(command)}]`, "    restart: 'no'"]),
        "",
      ].join("\n"),
    stop: () => void server.stop(true),
  };
}
