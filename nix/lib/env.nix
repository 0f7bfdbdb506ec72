# Variables of shells, image and virtual machine, once. Nothing here names a path of a home or of a host: those are set
# by a shell hook, where the home is known. TERM, LC_ALL and paths of certificates belong to the host and are left alone.
{
  # Everywhere.
  base = {
    KONDUCTOR = "true";
    LANG = "C.UTF-8";
  };
  # Only where the program is there.
  programs = [
    { name = "EDITOR"; value = "nvim"; program = "nvim"; }
    { name = "VISUAL"; value = "nvim"; program = "nvim"; }
    { name = "PAGER"; value = "bat"; program = "bat"; }
    { name = "DOCKER_BUILDKIT"; value = "1"; program = "docker"; }
  ];
  # Only in interactive shells.
  history = {
    HISTSIZE = "10000";
    HISTFILESIZE = "20000";
    HISTCONTROL = "ignoreboth:erasedups";
  };
  # With a language's tools. `$HOME` is written by the shell hook, when it is entered.
  languages = {
    python = {
      UV_SYSTEM_PYTHON = "1";
      PYTHONDONTWRITEBYTECODE = "1";
    };
    go = {
      GO111MODULE = "on";
      CGO_ENABLED = "1";
    };
    node = {
      NODE_ENV = "development";
    };
    rust = {
      RUST_BACKTRACE = "1";
    };
  };
  # Paths below the home, by language: variable, and whether its `bin` (or itself) goes on PATH.
  homePaths = {
    python = [ ];
    go = [
      { name = "GOPATH"; below = "go"; path = null; }
      { name = "GOBIN"; below = "go/bin"; path = "go/bin"; }
    ];
    node = [
      { name = "PNPM_HOME"; below = ".local/share/pnpm"; path = ".local/share/pnpm"; }
    ];
    rust = [
      { name = "CARGO_HOME"; below = ".cargo"; path = ".cargo/bin"; }
    ];
  };
}
