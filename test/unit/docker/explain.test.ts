import { expect, test } from "bun:test";
import { show } from "../../../lib/core/problem.ts";
import { engineProblem, explain, failed } from "../../../lib/docker/explain.ts";

// The words of docker 20.10 to 28, buildx 0.13 to 0.23 and podman 4.3, as they print them.
test.each([
  ["Error response from daemon: write /var/lib/docker/tmp/x: no space left on device", "the disk is full"],
  [
    "failed to copy: httpReadSeeker: failed open: unexpected status: 401 Unauthorized",
    "the registry does not let you in",
  ],
  ["denied: requested access to the resource is denied", "the registry does not let you in"],
  ["no basic auth credentials", "the registry does not let you in"],
  ["exec /bin/sh: exec format error", "programs of that architecture do not run here"],
  ["Error: No such image: nothing:1", "there is no image nothing:1"],
  [
    "pull access denied for some/where, repository does not exist or may require 'docker login'",
    "there is no image some/where",
  ],
  ["manifest for a.io/b/c:9 not found: manifest unknown", "there is no image a.io/b/c:9"],
  ["docker.io/library/a:1: not found", "there is no image docker.io/library/a:1"],
  [
    "ERROR: failed to solve: failed to resolve source metadata for docker.io/some/app:1: failed to do request: no such host",
    "there is no image docker.io/some/app:1",
  ],
  ['failed to resolve reference "ghcr.io/a/b:c": failed to do request', "there is no image ghcr.io/a/b:c"],
  ["Error: nothing:1: image not known", "there is no image nothing:1"],
  ["ERROR: Multi-platform build is not supported for the docker driver.", "the engine's own builder cannot do this"],
  ["driver failed: Bind for 127.0.0.1:80 failed: port is already allocated", "a port is taken"],
])("%s", (said, what) => {
  expect(explain(said)?.what).toBe(what);
  expect(explain(said)?.hint).not.toBe("");
});

test("what is not known is told in the engine's own last words, with more of them below", () => {
  expect(explain("the moon is too bright")).toBeUndefined();
  expect(show(failed("push of x", "first\nError response from daemon: the moon is too bright\n", 1))).toEqual({
    message: "push of x: the moon is too bright",
    hint: "`k doctor` looks at the engine, `k docker:status` at what it has",
    detail: "first\nError response from daemon: the moon is too bright",
    exit: 1,
  });
  expect(failed("push of x", "", 7)).toMatchObject({ what: "push of x: exit code 7" });
});

test("a program in a build that speaks of a login is not the registry, but a full disk is a full disk", () => {
  expect(explain("exit code: 1", "curl: 401 Unauthorized")).toBeUndefined();
  expect(explain("exit code: 1", "cp: write error: No space left on device")?.what).toBe("the disk is full");
});

test.each([
  ["permission denied while trying to connect to the Docker daemon socket", "you may not speak to docker's daemon: "],
  [
    "Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?",
    "docker's daemon does not answer: ",
  ],
])("an engine that says %p exits with 3 and has the mend", (said, found) => {
  const shown = show(engineProblem("docker", said, "the mend"));
  expect(shown.message).toBe(`container-daemon: ${found}${said}`);
  expect([shown.hint, shown.exit]).toEqual(["the mend", 3]);
});
