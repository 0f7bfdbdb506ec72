// Packs every package of a node_modules folder as npm would, as $out/NAME-VERSION.tgz, `/` of a scope as `-`.
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [root, out] = process.argv.slice(2);
mkdirSync(out);

function pack(folder) {
  const description = join(folder, "package.json");
  if (existsSync(description)) {
    const { name, version } = JSON.parse(readFileSync(description, "utf8"));
    const file = join(out, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
    const tar = ["tar", "-cf", file, "-C", folder, "--exclude=./node_modules", "--transform", "s,^\\.,package,", "."];
    if (!existsSync(file) && Bun.spawnSync(tar).exitCode !== 0) {
      throw new Error(`cannot pack ${folder}`);
    }
  }
  packAll(join(folder, "node_modules"));
}

function packAll(folder) {
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (name.startsWith("@")) {
      for (const inner of readdirSync(join(folder, name))) {
        pack(join(folder, name, inner));
      }
    } else if (!name.startsWith(".")) {
      pack(join(folder, name));
    }
  }
}

packAll(root);
