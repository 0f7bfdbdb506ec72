import { shellQuoted } from "../core/shell-word.ts";

const names = ["http_proxy", "https_proxy", "no_proxy", "all_proxy"].flatMap((name) => [name, name.toUpperCase()]);

/** The host, as a guest of QEMU's user network reaches it. */
const hostInGuest = "10.0.2.2";

/** What the guest needs to reach the network as the host does. A proxy on the host's own loopback has another address there. */
export function guestProxy(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      // A line break would begin another setting.
      const value = env[name]?.replaceAll(/\p{Cc}/gu, "") ?? "";
      return value === "" ? [] : [[name, name.toLowerCase() === "no_proxy" ? value : fromGuest(value)]];
    })
  );
}

function fromGuest(proxy: string): string {
  return proxy.replace(
    /^((?:[a-z0-9+.-]+:\/\/)?(?:[^@/]*@)?)(?:localhost|127(?:\.\d+){3}|\[::1\])(?=[:/]|$)/i,
    `$1${hostInGuest}`
  );
}

type Proxy = Readonly<Record<string, string>>;

/** For the services of systemd, for logins, and for Nix; path and text of each file. None where there is no proxy. */
export function proxyFiles(proxy: Proxy): readonly (readonly [string, string])[] {
  const entries = Object.entries(proxy);
  if (entries.length === 0) {
    return [];
  }
  const lines = (line: (name: string, value: string) => string): string =>
    entries.map(([name, value]) => `${line(name, value)}\n`).join("");
  return [
    ["/etc/konductor/proxy.env", lines((name, value) => `${name}=${JSON.stringify(value)}`)],
    ["/etc/profile.d/konductor-proxy.sh", lines((name, value) => `export ${name}=${shellQuoted(value)}`)],
    [
      "/etc/systemd/system.conf.d/10-konductor-proxy.conf",
      `[Manager]\nDefaultEnvironment=${entries.map(([name, value]) => JSON.stringify(`${name}=${value.replaceAll("%", "%%")}`)).join(" ")}\n`,
    ],
  ];
}

/** Lines of sshd_config(5): commands over ssh read no profile. */
export function proxySetEnv(proxy: Proxy): readonly string[] {
  const words = Object.entries(proxy).map(([name, value]) => `"${name}=${value.replaceAll('"', "")}"`);
  return words.length === 0 ? [] : [`SetEnv ${words.join(" ")}`];
}
