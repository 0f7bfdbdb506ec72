// Conventional Commits (https://www.conventionalcommits.org). Whole in itself: a config that extends another is looked
// up from the folder that it lies in, and a store path has no node_modules beside it.
const error = 2;
const warning = 1;

/** Names that begin with one capital, as the first word of a sentence does too. */
const names = new Set(
  (
    "Ansible Bash Bazel Bun Cachix Cargo Chrome Debian Deno Docker Dockerfile Emacs Fedora Firefox Forgejo Git Go Gradle " +
    "Grafana Helm Homebrew Java Jenkins Jest Kotlin Kubernetes Linux Lua Makefile Markdown Maven Mypy Neovim Nginx Nix " +
    "Node Perl Podman Postgres Prettier Prometheus Pulumi Python Rails React Redis Renovate Ruff Ruby Rust Safari Swift " +
    "Terraform Ubuntu Unicode Unix Vault Vim Vite Vue Windows Zig"
  ).split(" ")
);

/** The subject goes on from the type, so it begins small, unless with a name or an acronym: `SSH`, `macOS`, `QEMU's`. */
function subjectStart({ subject }) {
  if (!subject) {
    return [true];
  }
  const [first = ""] = subject.split(/[\s:,;]/);
  const isCapitalised = /^\p{Lu}\p{Ll}+$/u.test(first) && !names.has(first);
  const isShouted = /\p{Lu}{2,}\s+\p{Lu}{2,}/u.test(subject) && !/\p{Ll}/u.test(subject);
  return [!isCapitalised && !isShouted, "subject must begin with a small letter, a name or an acronym"];
}

export default {
  parserPreset: {
    name: "conventional-commits",
    parserOpts: {
      headerPattern: /^(\w*)(?:\((.*)\))?!?: (.*)$/,
      breakingHeaderPattern: /^(\w*)(?:\((.*)\))?!: (.*)$/,
      headerCorrespondence: ["type", "scope", "subject"],
      noteKeywords: ["BREAKING CHANGE", "BREAKING-CHANGE"],
      revertPattern: /^(?:Revert|revert:)\s"?([\s\S]+?)"?\s*This reverts commit (\w*)\./i,
      revertCorrespondence: ["header", "hash"],
      issuePrefixes: ["#"],
    },
  },
  plugins: [{ rules: { "subject-start": subjectStart } }],
  rules: {
    "body-leading-blank": [warning, "always"],
    "body-max-line-length": [error, "always", 100],
    "footer-leading-blank": [warning, "always"],
    "footer-max-line-length": [error, "always", 100],
    "header-max-length": [error, "always", 100],
    "header-trim": [error, "always"],
    "subject-empty": [error, "never"],
    "subject-full-stop": [error, "never", "."],
    "subject-start": [error, "always"],
    "type-case": [error, "always", "lower-case"],
    "type-empty": [error, "never"],
    "type-enum": [
      error,
      "always",
      ["feat", "fix", "perf", "revert", "docs", "style", "refactor", "test", "build", "tool", "ci", "chore"],
    ],
  },
};
