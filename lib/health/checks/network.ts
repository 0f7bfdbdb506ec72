import { defineCheck, good, weak, bad } from "../check.ts";

const seconds = 4;

export default defineCheck({
  name: "network",
  area: "machine",
  summary: "GitHub answers, and does not turn Nix away",
  severity: "info",
  slow: true,
  async probe({ networkUrl }) {
    let response: Response;
    try {
      response = await fetch(networkUrl, {
        headers: { "user-agent": "konductor" },
        signal: AbortSignal.timeout(seconds * 1000),
      });
    } catch (error) {
      const why =
        error instanceof Error && error.name === "TimeoutError" ? `no answer within ${seconds} s` : String(error);
      return bad(`${new URL(networkUrl).host}: ${why.replace(/^\w*Error: /, "")}`, {
        command: `curl -sSI ${networkUrl}`,
        text: "shows it again; behind a proxy, set HTTPS_PROXY",
      });
    }
    const left = Number(response.headers.get("x-ratelimit-remaining") ?? Number.NaN);
    if (left === 0 || response.status === 403 || response.status === 429) {
      return weak("GitHub answers no more questions from this address for now, so that flake inputs may fail to load", {
        text: "put a token without rights into nix.conf: `access-tokens = github.com=TOKEN`",
        url: "https://github.com/settings/tokens",
      });
    }
    return good(
      `${new URL(networkUrl).host} answers${Number.isNaN(left) ? "" : `, ${left} more questions are free this hour`}`
    );
  },
});
