import type { Problem } from "../core/problem.ts";
import { konductorFacts } from "../nix/facts.ts";
import { type OwnContainer, runningContainer } from "./containers.ts";
import { lastLine, tail } from "./explain.ts";
import type { Docker } from "./world.ts";

interface ContainerTest {
  readonly name: string;
  readonly as: string;
  readonly command: readonly string[];
  /** What it must print, where that matters. */
  readonly prints?: string;
  /** In seconds. */
  readonly timeout: number;
}

/** Looks at all that must be so in the running container, and returns all that is not. Rejects with a `ProblemError` where none runs. */
export async function testContainer(user: string, quick: boolean, docker: Docker): Promise<readonly Problem[]> {
  const container = await runningContainer(docker);
  const tests = testsFor(user, quick);
  const problems: Problem[] = [...healthProblem(container)];
  for (const [at, test] of tests.entries()) {
    docker.world.stage({ text: test.name, done: at, total: tests.length });
    const problem = await runTest(test, container, docker);
    docker.world.say(`${problem === undefined ? "passed" : "failed"}: ${test.name}`);
    problems.push(...(problem === undefined ? [] : [problem]));
  }
  return problems;
}

function healthProblem({ health }: OwnContainer): readonly Problem[] {
  return health === undefined || health === "healthy"
    ? []
    : [{ kind: "container", what: `its health check says ${health}`, hint: "`k docker:logs --once` has what it said" }];
}

function testsFor(user: string, quick: boolean): readonly ContainerTest[] {
  const { users, meta } = konductorFacts;
  const nix = ["nix", "--extra-experimental-features", "nix-command flakes"];
  return [
    { name: "nix is there", as: user, command: ["nix", "--version"], timeout: 30 },
    { name: "nix's daemon answers", as: user, command: [...nix, "store", "ping", "--store", "daemon"], timeout: 30 },
    {
      name: `${meta.workspace} is the checkout, and may be written`,
      as: user,
      command: ["test", "-w", meta.workspace],
      timeout: 30,
    },
    ...Object.entries(users.users).map(([name, { uid }]) => ({
      name: `${name} is user ${uid}`,
      as: user,
      command: ["id", "-u", name],
      prints: String(uid),
      timeout: 30,
    })),
    ...(quick
      ? []
      : [
          {
            name: "the full development shell opens",
            as: user,
            command: [...nix, "develop", `${meta.workspace}#full`, "--command", "true"],
            timeout: 3600,
          },
        ]),
  ];
}

async function runTest(
  { name, as, command, prints, timeout }: ContainerTest,
  { id }: OwnContainer,
  { engine, world }: Docker
): Promise<Problem | undefined> {
  const ran = await world.ask([engine.path, "exec", "--user", as, id, ...command], { timeout });
  const isAsWanted = ran.exitCode === 0 && (prints === undefined || ran.stdout.trim() === prints);
  if (isAsWanted) {
    return undefined;
  }
  const said = ran.timedOut
    ? `no answer in ${timeout} s`
    : lastLine(ran.stderr || ran.stdout) || `exit code ${ran.exitCode}`;
  const detail = tail(ran.stderr || ran.stdout, 20);
  return {
    kind: "container",
    what: `not so: ${name}: ${said}`,
    hint: `to see it again: \`k docker:exec ${command.join(" ")}\``,
    ...(detail === "" ? {} : { detail }),
  };
}
