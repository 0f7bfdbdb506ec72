import type { ProxyVariables } from "../core/proxy-files.ts";

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

/** Lines of sshd_config(5): commands over ssh read no profile. */
export function proxySetEnv(proxy: ProxyVariables): readonly string[] {
  const words = Object.entries(proxy).map(([name, value]) => `"${name}=${value.replaceAll('"', "")}"`);
  return words.length === 0 ? [] : [`SetEnv ${words.join(" ")}`];
}
