import { expect, test } from "bun:test";
import { proxyFiles } from "../../../lib/core/proxy-files.ts";
import { guestProxy, proxySetEnv } from "../../../lib/vm/guest-proxy.ts";
import { collides, hostUser, imageUsers } from "../../../lib/vm/guest-users.ts";
import { metaData, type SeedContent, userData } from "../../../lib/vm/seed.ts";

const seed: SeedContent = {
  hostname: "one",
  imageUsers,
  hostUser: hostUser("jo", 1000),
  authorizedKeys: ["ssh-ed25519 KEY jo"],
  hostKey: { secret: "SECRET\n", public: "ssh-ed25519 PUBLIC" },
  passwordLogin: false,
  mountsShare: true,
  proxy: {},
};

interface UserData {
  readonly disable_root: boolean;
  readonly users: readonly Readonly<Record<string, unknown>>[];
  readonly write_files: readonly { readonly path: string; readonly permissions: string; readonly content: string }[];
  readonly runcmd: readonly (readonly string[])[];
}

function parsed(change: Partial<SeedContent> = {}): UserData {
  const text = userData({ ...seed, ...change });
  expect(text.startsWith("#cloud-config\n")).toBe(true);
  return Bun.YAML.parse(text) as UserData;
}

function fileOf({ write_files }: UserData, path: string): string | undefined {
  const found = write_files.find((file) => file.path === path);
  return found === undefined ? undefined : Buffer.from(found.content, "base64").toString();
}

const script = (data: UserData): string => data.runcmd.flat().join(" ");

test("the host's user comes first, with name, number, groups and sudo, and every user gets the key", () => {
  const { users, disable_root } = parsed();
  expect(users[0]).toEqual({
    name: "jo",
    uid: 1000,
    lock_passwd: true,
    ssh_authorized_keys: ["ssh-ed25519 KEY jo"],
    groups: ["wheel", "docker", "libvirtd", "kvm"],
    sudo: "ALL=(ALL) NOPASSWD:ALL",
  });
  expect(users.map(({ name }) => name)).toEqual(["jo", "kc2admin", "kc2", "runner"]);
  expect(users.every((user) => (user["ssh_authorized_keys"] as readonly string[]).length === 1)).toBe(true);
  expect(users.filter((user) => "sudo" in user).map(({ name }) => name)).toEqual(["jo", "kc2admin"]);
  expect(disable_root).toBe(true);
});

test("the host key is written before sshd makes one, and only root reads its secret half", () => {
  const data = parsed();
  expect(data.write_files[0]).toMatchObject({ path: "/etc/ssh/ssh_host_ed25519_key", permissions: "0600" });
  expect(fileOf(data, "/etc/ssh/ssh_host_ed25519_key")).toBe("SECRET\n");
  expect(data).toMatchObject({ ssh_deletekeys: false, ssh_genkeytypes: ["ed25519"] });
});

test.each([
  [false, "PasswordAuthentication no"],
  [true, "PasswordAuthentication yes"],
])("password login %p", (passwordLogin, line) => {
  expect(fileOf(parsed({ passwordLogin }), "/etc/ssh/sshd_config.d/10-konductor.conf")).toContain(`${line}\n`);
});

test("a number that the guest has given away is taken after the user is made", () => {
  const data = parsed({ hostUser: hostUser("jo", 1002) });
  expect(data.users[0]).not.toHaveProperty("uid");
  expect(script(data)).toContain(
    'sed -i "s/^\\(jo:[^:]*\\):$old:/\\1:1002:/; s/^\\($other:[^:]*\\):1002:/\\1:$old:/" /etc/passwd'
  );
  expect(script(parsed())).not.toContain("sed -i");
});

test("root stays root: nothing of that user is changed", () => {
  const data = parsed({ hostUser: hostUser("toor", 0) });
  expect(data.disable_root).toBe(false);
  expect(data.users[0]).toEqual({ name: "root", ssh_authorized_keys: ["ssh-ed25519 KEY jo"] });
  expect(script(data)).not.toContain("usermod");
});

test("the share is mounted by a unit, and its unit goes where nothing is shared", () => {
  const unit = "/etc/systemd/system.attached/workspace.mount";
  expect(fileOf(parsed(), unit)).toContain("Where=/workspace\n");
  expect(script(parsed())).toContain("systemctl start workspace.mount");
  expect(script(parsed({ mountsShare: false }))).toContain(`rm -rf ${unit}`);
});

test("another content is another instance, and the same content the same", () => {
  const id = (change: Partial<SeedContent> = {}): string => metaData("one", userData({ ...seed, ...change }));
  expect(id()).toBe(id());
  expect(id({ passwordLogin: true })).not.toBe(id());
  expect(JSON.parse(id())).toMatchObject({ "local-hostname": "one" });
});

test.each([
  ["jo", 1000, "jo"],
  ["Jo.Doe", 1000, "jo-doe"],
  ["COMPANY\\jo", 1000, "jo"],
  ["jo@example.com", 1000, "jo"],
  ["4jo", 1000, "jo"],
  ["", 1000, "user"],
  ["é", 1000, "user"],
  ["root", 1000, "user"],
  ["unknown", 0, "root"],
  ["a'; reboot #", 1000, "a-reboot-"],
])("%j with number %i is %s in the guest", (name, uid, inGuest) => {
  expect(hostUser(name, uid).name).toBe(inGuest);
});

test.each([
  ["jo", 1000, false],
  ["jo", 1001, true],
  ["jo", 1003, true],
  ["kc2", 1002, false],
  // The number of another user of the image is kept by that user: kc2 has its own.
  ["kc2", 1001, false],
] as const)("whether %s with number %i meets a user of the image: %p", (name, uid, answer) => {
  expect(collides(hostUser(name, uid))).toBe(answer);
});

test.each([
  ["http://127.0.0.1:3128", "http://10.0.2.2:3128"],
  ["http://user@localhost:3128/", "http://user@10.0.2.2:3128/"],
  ["localhost:3128", "10.0.2.2:3128"],
  ["socks5h://[::1]:1080", "socks5h://10.0.2.2:1080"],
  ["http://localhost.example.com:1", "http://localhost.example.com:1"],
  ["http://proxy.example.com:8080", "http://proxy.example.com:8080"],
  ["http://a\nEvil=1", "http://aEvil=1"],
])("the proxy %j is %s in the guest", (host, guest) => {
  expect(guestProxy({ https_proxy: host, no_proxy: "localhost", HOME: "/x" })).toEqual({
    https_proxy: guest,
    no_proxy: "localhost",
  });
});

test("no proxy writes no files, and one is quoted as each file needs it", () => {
  expect([proxyFiles({}), proxySetEnv({})]).toEqual([[], []]);
  const proxy = { http_proxy: "http://u:p%20'x@h:1" };
  expect(proxyFiles(proxy).map(([, text]) => text)).toEqual([
    'http_proxy="http://u:p%20\'x@h:1"\n',
    "export http_proxy='http://u:p%20'\\''x@h:1'\n",
    '[Manager]\nDefaultEnvironment="http_proxy=http://u:p%%20\'x@h:1"\n',
  ]);
  expect(proxySetEnv(proxy)).toEqual(['SetEnv "http_proxy=http://u:p%20\'x@h:1"']);
});
