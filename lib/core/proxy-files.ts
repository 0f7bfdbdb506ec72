import { shellQuoted } from "./shell-word.ts";

/** Values of `http_proxy` and its like, by name. */
export type ProxyVariables = Readonly<Record<string, string>>;

/** For the services of systemd, for logins, and for Nix; path and text of each file. None where there is no proxy. */
export function proxyFiles(proxy: ProxyVariables): readonly (readonly [string, string])[] {
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
      `[Manager]\n${lines((name, value) => `DefaultEnvironment=${JSON.stringify(`${name}=${value.replaceAll("%", "%%")}`)}`)}`,
    ],
  ];
}
