import { expect, test } from "bun:test";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { offerCache } from "../../../lib/setup/enable-cache.ts";
import { carryOutOffer, type Offer } from "../../../lib/setup/offer.ts";
import { testMachine } from "../../support/setup-machine.ts";

const cache = { url: "https://shop.cachix.org", keys: [`shop.cachix.org-1:${"A".repeat(43)}=`] };
const wishes = { name: "shop", cache, system: false, trusted: undefined };

function offered(offer: Offer | string): Offer {
  if (typeof offer === "string") {
    throw new Error(offer);
  }
  return offer;
}

test("for all users root's file is added to as root, with the old one beside it", async () => {
  const sudo = '#!/bin/sh\necho "$*" >> "$HOME/asked"\nshift\nexec "$@"\n';
  using place = testMachine({ "etc/nix/nix.conf": "build-users-group = nixbld\n", "bin/sudo": sudo });
  chmodSync(join(place.outer, "bin/sudo"), 0o755);
  const offer = offered(offerCache({ ...wishes, system: true }, place.machine));
  expect(await carryOutOffer(offer, { kind: "yes" }, place.machine, 100)).toEqual({ status: "passed" });
  const folder = join(place.outer, "etc/nix");
  expect(readFileSync(join(folder, "nix.conf"), "utf8")).toBe(
    [
      "build-users-group = nixbld",
      "",
      "# >>> konductor cache shop >>>",
      "extra-substituters = https://shop.cachix.org",
      `extra-trusted-public-keys = ${cache.keys[0]}`,
      "# <<< konductor cache shop <<<",
      "",
    ].join("\n")
  );
  expect(readdirSync(folder).some((name) => name.startsWith("nix.conf.before-k"))).toBe(true);
  expect(readFileSync(join(place.userHome, "asked"), "utf8")).toContain("install ");
  expect(place.said.at(-1)).toBe("next: restart the Nix daemon, where one runs");
  expect(offerCache({ ...wishes, system: true }, place.machine)).toContain("has it");
});

test("a user whom the daemon does not trust is told that it passes over the cache", () => {
  using place = testMachine();
  expect(offered(offerCache({ ...wishes, trusted: false }, place.machine)).about.join("\n")).toContain("--system");
  expect(offered(offerCache({ ...wishes, trusted: true }, place.machine)).about.join("\n")).not.toContain("--system");
});
