import { type Browser, chromium } from "playwright-core";

/** Where Debian has it, or as PATH says; undefined where there is none. */
export const chromiumPath = Bun.which("chromium") ?? Bun.which("chromium-browser") ?? undefined;

/** A browser without a window that asks nobody on the network for anything. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
