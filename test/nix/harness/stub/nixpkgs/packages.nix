# The package set of the stub. Names, versions, main programs and platforms are facts (facts.json) read from a real
# nixpkgs; an unknown name is an error, as is a package on a system it is not available on.
# Every placeholder builds in milliseconds with the host's bash; its programs print how they were called, as a shell
# comment, so that their output may be eval'ed:
#   # stub ripgrep rg [--files] [src]
# With STUB_ENV set to a regular expression they also print the matching environment; with STUB_HOST_PATH set they
# run the program of the same name found there instead.
{
  lib,
  pkgs,
  system,
  config,
  overlays,
}:
let
  known = builtins.fromJSON (builtins.readFile ./facts.json);
  # What this machine has.
  machine = builtins.fromJSON (builtins.readFile ./machine.json);
  # What the pinned release has and the tree of the facts has no more.
  release = builtins.fromJSON (builtins.readFile ./release-facts.json);
  facts = known // { packages = known.packages // release.packages; };
  index = lib.findFirst (i: builtins.elemAt systems i == system) (throw "stub nixpkgs: no system ${system}") [
    0
    1
    2
    3
  ];
  systems = [
    "x86_64-linux"
    "aarch64-linux"
    "aarch64-darwin"
    "x86_64-darwin"
  ];
  isLinux = lib.hasSuffix "linux" system;
  path = "/usr/bin:/bin";

  # ---- derivations -----------------------------------------------------------------------------------------------
  # What a derivation would export to its builder: drop what nix cannot turn into a string.
  exportable = lib.filterAttrs (
    n: v:
    !(builtins.elem n [
      "meta"
      "passthru"
      "env"
      "overrideAttrs"
      "override"
      "script"
      "outputs"
    ])
    && (
      builtins.isString v
      || builtins.isBool v
      || builtins.isInt v
      || builtins.isPath v
      || v == null
      || lib.isDerivation v
      || (builtins.isList v && builtins.all (x: builtins.isString x || builtins.isPath x || lib.isDerivation x) v)
    )
  );

  make =
    attrs:
    let
      clean = exportable attrs;
      drv = derivation (
        clean
        // exportable (attrs.env or { })
        // {
          name = attrs.name or "${attrs.pname}-${attrs.version or "0"}";
          inherit system;
          outputs = [ "out" ];
          builder = "/bin/bash";
          args = [
            "-c"
            # ends in a builtin: were the last program exec'ed, it would close its output before it ends, and nix, taking
            # that for the builder's end, sometimes kills it
            ("PATH=${path}; set -eu; " + (attrs.script or ''mkdir -p "$out"'') + "\nexit 0")
          ];
        }
      );
      outs = lib.genAttrs [ "out" "bin" "lib" "dev" "man" "doc" "fd" "info" "py" ] (_: self);
      self =
        outs
        // removeAttrs attrs [ "script" ]
        // drv
        // {
          outputs = attrs.outputs or [ "out" ];
          meta = {
            inherit (drv) name;
          } // (attrs.meta or { });
          inherit (outs) out bin lib dev man doc fd;
          outputName = "out";
          overrideAttrs =
            f:
            let
              one = if builtins.isFunction f then f attrs else f;
              two = if builtins.isFunction one then one attrs else one;
            in
            make (attrs // two);
          override = _: self;
          overrideDerivation = f: make (attrs // f attrs);
        }
        // (attrs.passthru or { });
    in
    self;

  hostPrograms = {
    bash = [ "bash" "sh" ];
    bashInteractive = [ "bash" "sh" ];
    bashNonInteractive = [ "bash" "sh" ];
    coreutils = lib.splitString " " "basename cat chmod chown cp cut date dirname echo env false head id install ln ls mkdir mktemp mv nproc printf pwd readlink realpath rm rmdir seq sleep sort stat tail tee test touch tr true uname uniq wc whoami";
    findutils = [ "find" "xargs" ];
    gnugrep = [ "grep" ];
    gnused = [ "sed" ];
    gawk = [ "awk" ];
    gnutar = [ "tar" ];
    gzip = [ "gzip" "gunzip" ];
    which = [ "which" ];
  };

  program = name: main: ''
    mkdir -p "$out/bin"
    cat > "$out/bin/${main}" <<'PROGRAM'
    #!/bin/sh
    if [ -n "''${STUB_HOST_PATH:-}" ]; then PATH=$STUB_HOST_PATH exec ${main} "$@"; fi
    printf '# stub %s %s' '${name}' '${main}'
    for a; do printf ' [%s]' "$a"; done
    printf '\n'
    if [ -n "''${STUB_ENV:-}" ]; then env | grep -E "$STUB_ENV" | sort; fi
    PROGRAM
    sed -i 's/^    //' "$out/bin/${main}"
    chmod +x "$out/bin/${main}"
  '';
  links = list: ''
    mkdir -p "$out/bin"
    for p in ${toString list}; do ln -s "$(command -v "$p")" "$out/bin/$p"; done
  '';

  package =
    scope: name: fact:
    let
      f = lib.splitString "|" fact;
      at = n: if builtins.length f > n then builtins.elemAt f n else "";
      version = at 0;
      main = if at 1 != "" then at 1 else name;
      available = builtins.substring index 1 (at 2) == "1";
      shown = lib.concatStringsSep "." (lib.filter (x: x != "") [ scope name ]);
    in
    if builtins.length f < 3 then
      {
        set = { };
        fn = throw "stub nixpkgs: function ${shown} is not modelled";
      }
      .${fact} or (throw "stub nixpkgs: ${shown} is not a package")
    else
      let
        meta = {
          mainProgram = main;
          inherit available;
          broken = at 3 != "";
          platforms = lib.filter (s: builtins.substring (position s) 1 (at 2) == "1") systems;
        };
      in
      if available || config.allowUnsupportedSystem or false then
        make {
          pname = name;
          inherit version meta;
          name = lib.concatStringsSep "-" (lib.filter (x: x != "") [ (cleanName name) version ]);
          script = if scope == "" && hostPrograms ? ${name} then links hostPrograms.${name} else program name main;
          passthru = lib.optionalAttrs (lib.hasPrefix "python3" name) (python name);
        }
      else
        unavailable "${shown} is not available on ${system}" { pname = name; inherit version meta; };
  # As in nixpkgs, what it is can be asked, and nothing can be made of it.
  unavailable =
    why: known:
    lib.genAttrs [ "name" "outPath" "drvPath" "out" "bin" "lib" "dev" "man" "override" "overrideAttrs" ] (_: throw "stub nixpkgs: ${why}")
    // known
    // { type = "derivation"; };
  position = s: lib.findFirst (i: builtins.elemAt systems i == s) 9 [ 0 1 2 3 ];
  cleanName = builtins.replaceStrings [ "@" "/" " " "+" ] [ "" "-" "-" "x" ];

  scopeOf = name: lib.mapAttrs (package name) facts.${name};
  withPackages =
    set: base: f:
    make {
      name = "${base}-env";
      wants = f set;
      script = program base base;
    };
  python = name: {
    pkgs = pythonSet;
    withPackages =
      f:
      make {
        name = "python3-env";
        wants = f pythonSet;
        script = lib.concatMapStrings (program "python3") [ "python" "python3" "python3.${lib.removePrefix "python3" name}" ];
      };
    interpreter = "/usr/bin/python3";
    sitePackages = "lib/python3/site-packages";
    pythonVersion = lib.concatStringsSep "." [ "3" (lib.removePrefix "python3" name) ];
  };
  pythonSet = scopeOf "python313Packages";

  # ---- text and tree builders ------------------------------------------------------------------------------------
  writeTextFile =
    {
      name,
      text,
      executable ? false,
      destination ? "",
      checkPhase ? "",
      meta ? { },
      ...
    }@a:
    make {
      inherit name text executable destination meta;
      passAsFile = [ "text" ];
      script = ''
        target=$out${destination}
        mkdir -p "$(dirname "$target")"
        cp "$textPath" "$target"
        ${lib.optionalString executable ''chmod +x "$target"''}
      '';
      passthru = a.passthru or { };
    };
  shebang = "#!${pkgs.runtimeShell}\n";
  script =
    name: destination: text:
    writeTextFile {
      inherit name destination text;
      executable = true;
      meta.mainProgram = baseNameOf name;
    };
  runCommand =
    name: env: buildCommand:
    make (
      env
      // {
        inherit name buildCommand;
        passAsFile = [ "buildCommand" ];
        script = ''
          for p in ''${nativeBuildInputs:-} ''${buildInputs:-}; do PATH=$p/bin:$PATH; done
          cd "$(mktemp -d)"
          . "$buildCommandPath"
        '';
      }
    );
  join =
    a:
    let
      paths = a.paths or [ ];
    in
    make {
      name = a.name or "${a.pname}-${a.version or "0"}";
      inherit paths;
      postBuild = a.postBuild or "";
      meta = a.meta or { };
      nativeBuildInputs = a.nativeBuildInputs or [ ] ++ a.buildInputs or [ ];
      script = ''
        mkdir -p "$out"
        for p in ''${nativeBuildInputs:-}; do
          PATH=$p/bin:$PATH
          if [ -e "$p/nix-support/setup-hook" ]; then . "$p/nix-support/setup-hook"; fi
        done
        for p in $paths; do
          if [ -d "$p" ]; then cp -rsf --no-preserve=mode "$p/." "$out/" 2>/dev/null || cp -rf --no-preserve=mode "$p/." "$out/"; fi
        done
        find "$out" -type d -exec chmod u+w {} +
        eval "$postBuild"
      '';
      passthru = { inherit paths; } // (a.passthru or { });
    };
  generated = ext: {
    type = lib.types.anything or null;
    generate =
      name: value:
      writeTextFile {
        inherit name;
        text = builtins.toJSON value;
        passthru = {
          inherit value;
          format = ext;
        };
      };
  };
  # What npm would give, packed from where the repository's own packages are installed. All at once: one by one would
  # take half a minute.
  npmPackages = make {
    name = "npm-packages";
    # They change with it.
    inherit (machine) lock;
    script = ''
      modules="${machine.nodeModules}"
      for bun in "$modules"/@oven/bun-*/bin/bun; do
        "$bun" --no-install --no-env-file --config=/dev/null ${./pack-npm.mjs} "$modules" "$out"
        break
      done
    '';
  };
  fetched =
    kind: a:
    let
      hash = a.hash or a.sha256 or a.sha512 or (throw "stub nixpkgs: ${kind} without a hash");
      ok = builtins.match "(sha256|sha512)-[A-Za-z0-9+/]+={0,2}|[0-9a-z]{52}|[0-9a-f]{64}|[0-9a-f]{128}|" hash != null;
    in
    make {
      name = a.name or "source";
      script = ''mkdir -p "$out"; echo '${kind}' > "$out/.stub-source"'';
      passthru =
        (if ok then { } else throw "stub nixpkgs: ${kind}: '${hash}' is not a hash")
        // {
          rev = a.rev or a.tag or null;
          stubFetch = removeAttrs a [ "passthru" ];
        };
    };
  mkDerivation =
    arg:
    let
      attrs = if builtins.isFunction arg then lib.fix (final: arg final) else arg;
    in
    # A package of npm by its hash, for which a build would ask the network.
    if attrs ? outputHash && lib.hasSuffix ".tgz" attrs.name then
      npmPackages // { outPath = "${npmPackages}/${attrs.name}"; }
    else
    make (
      {
        script =
          if attrs ? installPhase then
            phases
          else
            program (attrs.pname or attrs.name) (attrs.meta.mainProgram or attrs.pname or attrs.name);
      }
      // attrs
    );
  # Runs what a package says of how it is built, in the order of stdenv; hooks of other packages do nothing.
  phases = ''
    runHook() { :; }
    for p in ''${nativeBuildInputs:-} ''${buildInputs:-}; do PATH=$p/bin:$PATH; done
    cd "$(mktemp -d)"
    export HOME=$PWD
    if [ -n "''${src:-}" ]; then
      if [ -d "$src" ]; then cp -r "$src" source; else tar -xf "$src"; fi
      chmod -R u+w .
      cd "''${sourceRoot:-source}"
    fi
    eval "''${postPatch:-}"
    eval "''${buildPhase:-}"
    eval "$installPhase"
    if [ -n "''${doInstallCheck:-}" ]; then eval "''${installCheckPhase:-}"; fi
  '';
  mkShell =
    {
      name ? "nix-shell",
      packages ? [ ],
      inputsFrom ? [ ],
      buildInputs ? [ ],
      nativeBuildInputs ? [ ],
      shellHook ? "",
      ...
    }@a:
    make (
      removeAttrs a [ "packages" "inputsFrom" ]
      // {
        inherit name;
        buildInputs = buildInputs ++ lib.concatMap (d: d.buildInputs or [ ]) inputsFrom;
        nativeBuildInputs = packages ++ nativeBuildInputs ++ lib.concatMap (d: d.nativeBuildInputs or [ ]) inputsFrom;
        shellHook = lib.concatStringsSep "\n" (lib.filter (s: s != "") (map (d: d.shellHook or "") inputsFrom ++ [ shellHook ]));
        stdenv = setup;
        script = ''echo "$shellHook" > "$out"'';
      }
    );
  # what nix develop sources: puts the shell's packages on PATH, nothing more
  setup = make {
    name = "stdenv-stub";
    script = ''
      mkdir -p "$out"
      cat > "$out/setup" <<'SETUP'
      for p in ''${nativeBuildInputs:-} ''${buildInputs:-}; do
        if [ -d "$p/bin" ]; then PATH=''${STUB_PATH:+$STUB_PATH:}$p/bin; STUB_PATH=$PATH; fi
      done
      export PATH=''${STUB_PATH:+$STUB_PATH:}${path}
      unset STUB_PATH p
      SETUP
      sed -i 's/^      //' "$out/setup"
    '';
  };
  platform = {
    inherit system;
    config = system;
    inherit isLinux;
    isDarwin = !isLinux;
    isx86_64 = lib.hasPrefix "x86_64" system;
    isAarch64 = lib.hasPrefix "aarch64" system;
    isAarch = lib.hasPrefix "aarch64" system;
    is64bit = true;
    isUnix = true;
    parsed.cpu.name = builtins.head (lib.splitString "-" system);
    parsed.kernel.name = lib.last (lib.splitString "-" system);
    qemuArch = builtins.head (lib.splitString "-" system);
    linuxArch = builtins.head (lib.splitString "-" system);
    extensions = {
      executable = "";
      sharedLibrary = if isLinux then ".so" else ".dylib";
    };
  };
  stdenv = {
    inherit mkDerivation system;
    hostPlatform = platform;
    buildPlatform = platform;
    targetPlatform = platform;
    inherit (platform) isLinux isDarwin isAarch64 isx86_64;
    cc = package "" "gcc" "15|gcc|1111" // {
      cc = package "" "gcc" "15|gcc|1111";
      libc = package "" "glibc" "2|ldd|1111";
    };
    shell = "/bin/bash";
  };
  builder = name: mkDerivation;
  callPackageWith =
    auto: f: args:
    let
      fn = if builtins.isFunction f then f else import f;
      wanted = builtins.functionArgs fn;
      go =
        given:
        let
          got = builtins.intersectAttrs wanted auto // given;
          lacking = lib.filter (n: !wanted.${n} && !(got ? ${n})) (builtins.attrNames wanted);
        in
        if lacking != [ ] then throw "stub nixpkgs: callPackage: no ${toString lacking}" else fn got;
      r = go args;
    in
    if builtins.isAttrs r then
      r
      // {
        override = new: callPackageWith auto f (args // (if builtins.isFunction new then new args else new));
      }
    else
      r;

  shellApplication =
    {
      name,
      text,
      runtimeInputs ? [ ],
      runtimeEnv ? null,
      bashOptions ? [ "errexit" "nounset" "pipefail" ],
      inheritPath ? true,
      meta ? { },
      ...
    }@a:
    assert builtins.all (i: lib.isDerivation i || builtins.isString i || builtins.isPath i) runtimeInputs;
    writeTextFile {
      inherit name;
      destination = "/bin/${name}";
      executable = true;
      meta = {
        mainProgram = name;
      } // meta;
      passthru = a.passthru or { } // {
        inherit runtimeInputs;
      };
      text =
        shebang
        + lib.concatMapStrings (o: "set -o ${o}\n") bashOptions
        + lib.optionalString (runtimeEnv != null) (
          lib.concatStrings (lib.mapAttrsToList (n: v: "${n}=${lib.escapeShellArg (toString v)}\nexport ${n}\n") runtimeEnv)
        )
        + lib.optionalString (runtimeInputs != [ ]) (
          "\nexport PATH=\"" + lib.makeBinPath runtimeInputs + lib.optionalString inheritPath ":$PATH" + "\"\n"
        )
        + "\n${text}\n";
    };

  helpers = {
    _type = "pkgs";
    inherit lib config overlays system stdenv writeTextFile runCommand mkShell;
    inherit (stdenv) hostPlatform buildPlatform targetPlatform;
    stdenvNoCC = stdenv;
    mkShellNoCC = mkShell;
    runCommandLocal = runCommand;
    runCommandCC = runCommand;
    runtimeShell = "${pkgs.bashInteractive}/bin/bash";
    runtimeShellPackage = pkgs.bashInteractive;
    writeText = name: text: writeTextFile { inherit name text; };
    writeTextDir = p: text: writeTextFile { name = baseNameOf p; destination = "/${p}"; inherit text; };
    writeScript = name: script name "";
    writeScriptBin = name: script name "/bin/${name}";
    writeShellScript = name: text: script name "" (shebang + text);
    writeShellScriptBin = name: text: script name "/bin/${name}" (shebang + text);
    writeShellApplication = shellApplication;
    writers = {
      writeBash = name: text: script name "" (shebang + text);
      writeBashBin = name: text: script name "/bin/${name}" (shebang + text);
      writeJSON = (generated "json").generate;
    };
    concatTextFile = a: writeTextFile (removeAttrs a [ "files" ] // { text = lib.concatMapStrings builtins.readFile a.files; });
    symlinkJoin = join;
    buildEnv = join;
    linkFarm =
      name: entries:
      let
        list = if builtins.isAttrs entries then lib.mapAttrsToList (name: path: { inherit name path; }) entries else entries;
      in
      make {
        inherit name;
        script = ''mkdir -p "$out"'' + lib.concatMapStrings (e: ''; mkdir -p "$(dirname "$out/${e.name}")"; ln -s "${e.path}" "$out/${e.name}"'') list;
      };
    emptyFile = make { name = "empty-file"; script = '': > "$out"''; };
    emptyDirectory = make { name = "empty-directory"; };
    formats = lib.genAttrs [ "json" "yaml" "toml" "ini" "keyValue" "hocon" "gitIni" "lua" ] (ext: _: generated ext);
    makeWrapper = make {
      name = "make-wrapper-stub";
      script = ''
        mkdir -p "$out/nix-support"
        cat > "$out/nix-support/setup-hook" <<'HOOK'
        makeWrapper() {
          _from=$1; _to=$2; shift 2
          _lines=
          _flags=
          while [ $# -gt 0 ]; do
            case $1 in
            --set) _lines="$_lines
        export $2='$3'"; shift 3 ;;
            --set-default) _lines="$_lines
        export $2=\"\''${$2-$3}\""; shift 3 ;;
            --prefix) _lines="$_lines
        export $2=\"$4\''${$2:+$3\''${$2}}\""; shift 4 ;;
            --suffix) _lines="$_lines
        export $2=\"\''${$2:+\''${$2}$3}$4\""; shift 4 ;;
            --add-flags | --append-flags) _flags="$_flags $2"; shift 2 ;;
            --add-flag | --append-flag) _flags="$_flags '$2'"; shift 2 ;;
            --unset) _lines="$_lines
        unset $2"; shift 2 ;;
            --run) _lines="$_lines
        $2"; shift 2 ;;
            --argv0 | --chdir) shift 2 ;;
            --inherit-argv0 | --resolve-argv0) shift ;;
            *) echo "makeWrapper stub: unknown $1" >&2; return 1 ;;
            esac
          done
          mkdir -p "$(dirname "$_to")"
          printf '#!/bin/bash%s\nexec %s%s "$@"\n' "$_lines" "$_from" "$_flags" > "$_to"
          chmod +x "$_to"
        }
        wrapProgram() {
          _p=$1; shift
          mv "$_p" "$(dirname "$_p")/.$(basename "$_p")-wrapped"
          makeWrapper "$(dirname "$_p")/.$(basename "$_p")-wrapped" "$_p" "$@"
        }
        HOOK
        sed -i 's/^        //' "$out/nix-support/setup-hook"
      '';
    };
    makeBinaryWrapper = pkgs.makeWrapper;
    installShellFiles = make { name = "install-shell-files-stub"; };
    callPackage = callPackageWith pkgs;
    callPackages = callPackageWith pkgs;
    newScope = extra: callPackageWith (pkgs // extra);
    recurseIntoAttrs = x: x // { recurseForDerivations = true; };
    dontRecurseIntoAttrs = x: x;
    extend = o: import ./. { inherit system config; overlays = overlays ++ [ o ]; };
    appendOverlays = os: import ./. { inherit system config; overlays = overlays ++ os; };
    inherit pkgs;
    buildPackages = pkgs;
    path = ./.;

    vimPlugins = scopeOf "vimPlugins" // {
      nvim-treesitter = (scopeOf "vimPlugins").nvim-treesitter // {
        withPlugins = f: pkgs.vimPlugins.nvim-treesitter;
        withAllGrammars = pkgs.vimPlugins.nvim-treesitter;
        builtGrammars = grammars;
        grammarPlugins = grammars;
        allGrammars = builtins.attrValues grammars;
      };
    };
    # `rtp` is the file that tmux runs: here one that does nothing.
    tmuxPlugins = lib.mapAttrs (name: plugin: plugin // { rtp = "${pkgs.writeShellScript "${name}.tmux" "exit 0"}"; }) (scopeOf "tmuxPlugins") // {
      mkTmuxPlugin = a: mkDerivation ({ pname = a.pluginName; version = "0"; } // a);
    };
    pulumiPackages = scopeOf "pulumiPackages";
    lua51Packages = scopeOf "lua51Packages";
    luajitPackages = scopeOf "lua51Packages";
    nerd-fonts = scopeOf "nerd-fonts";
    python313Packages = pythonSet;
    python312Packages = pythonSet;
    python314Packages = pythonSet;
    python3Packages = pythonSet;
    python3 = pkgs.python313;
    lua5_1 = package "" "lua5_1" "5.1.5|lua|1111" // { withPackages = withPackages (scopeOf "lua51Packages") "lua"; pkgs = scopeOf "lua51Packages"; };
    luajit = package "" "luajit" "2.1|luajit|1111" // { withPackages = withPackages (scopeOf "lua51Packages") "luajit"; pkgs = scopeOf "lua51Packages"; };
    linuxPackages_latest = { kernel = package "" "linux" "7|linux|1100"; };
    linuxPackages = { kernel = package "" "linux" "6|linux|1100"; };
    vimUtils = {
      buildVimPlugin = mkDerivation;
      buildNeovimPlugin = mkDerivation;
    };
    neovimUtils = { };
    dockerTools = {
      caCertificates = make { name = "ca-certificates-stub"; };
      usrBinEnv = make { name = "usr-bin-env-stub"; };
      binSh = make { name = "bin-sh-stub"; };
      fakeNss = make { name = "fake-nss-stub"; };
      buildImage = a: make { inherit (a) name; passthru.image = a; };
      buildLayeredImage = a: make { name = baseNameOf a.name; passthru.image = a; };
      streamLayeredImage = a: make { name = baseNameOf a.name; passthru.image = a; };
      pullImage = a: fetched "pullImage" a;
    };
    rustPlatform.buildRustPackage = builder "rust";
    buildGoModule = builder "go";
    buildNpmPackage = builder "npm";
    testers = {
      runNixOSTest = a: make { name = "vm-test"; passthru.test = a; };
      testVersion = a: runCommand "${a.package.name}-version" { } "touch $out";
      shellcheck = a: make { name = "shellcheck"; };
    };
    nixosTest = a: make { name = "vm-test"; passthru.test = a; };
    replaceVars = file: vars: writeTextFile { name = baseNameOf (toString file); text = builtins.replaceStrings (map (n: "@${n}@") (builtins.attrNames vars)) (map toString (builtins.attrValues vars)) (builtins.readFile file); };
    writeReferencesToFile = _: pkgs.emptyFile;
    closureInfo = a: make { name = "closure-info"; inherit (a) rootPaths; };
    treefmt = package "" "treefmt" facts.packages.treefmt // { withConfig = a: make { name = "treefmt-configured"; passthru.settings = a; }; };
  }
  // lib.genAttrs [ "fetchurl" "fetchzip" "fetchgit" "fetchFromGitHub" "fetchFromGitLab" "fetchpatch" "fetchtarball" ] fetched
  // lib.genAttrs [ "substitute" "substituteAll" ] (n: throw "stub nixpkgs: ${n} is not modelled; use replaceVars");

  grammars = lib.mapAttrs' (n: v: lib.nameValuePair (lib.replaceStrings [ "-" ] [ "_" ] n) v) (
    lib.genAttrs (lib.splitString " " "awk bash c cmake comment cpp css csv diff dockerfile fish git_config git_rebase gitattributes gitcommit gitignore go gomod gosum gowork gotmpl hcl html http ini javascript jq jsdoc json json5 just kdl lua luadoc luap make markdown markdown_inline nix nu proto python query regex requirements rst ruby rust scss sql ssh_config starlark svelte terraform tmux toml tsx typescript vim vimdoc vue xml yaml zig") (
      n: package "" "${n}-grammar" "0||1111"
    )
  );
in
lib.mapAttrs (package "") (removeAttrs facts.packages (builtins.attrNames helpers)) // helpers
