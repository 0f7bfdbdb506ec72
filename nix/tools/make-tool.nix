# One tool of nix/tools.json as a package: the program wrapped on its configuration, with the man pages, completions and
# other programs of the package it comes from. `passthru` has both as they were: `unwrapped` and `configFile`.
# A consumer changes one with `.override { package = …; configFile = …; }`.
{ pkgs, lib, npm }:
row:
let
  wrapperScript = import ./wrapper-script.nix { inherit lib; inherit (pkgs) runtimeShell; };

  # A folder of its own for each, under the names that the tools look for. A config that names packages of npm finds
  # them beside it, as Node does.
  shipped =
    let
      name = baseNameOf row.config;
      folder = builtins.path { name = "konductor-${row.name}"; path = ../.. + "/${dirOf row.config}"; };
      withPackages = pkgs.runCommandLocal "konductor-${row.name}" { } ''
        mkdir "$out"
        cp ${folder}/* "$out/"
        ln -s ${npm.modules}/node_modules "$out/node_modules"
      '';
    in
    if row.config == null then null
    else if row.script != null then "${withPackages}/${name}"
    else "${folder}/${name}";

  ofPackage = package: configFile:
    let
      outputs = package.meta.outputsToInstall or [ "out" ];
      script = pkgs.writeTextFile {
        name = "${row.program}-konductor";
        executable = true;
        text = wrapperScript { inherit row configFile; command = "${lib.getBin package}/bin/${row.program}"; };
      };
    in
    pkgs.symlinkJoin {
      name = "${row.program}-konductor-${lib.getVersion package}";
      paths = map (output: package.${output}) outputs;
      postBuild = ''
        rm "$out/bin/${row.program}"
        ln -s ${script} "$out/bin/${row.program}"
      '';
      passthru = { unwrapped = package; inherit configFile; };
      meta = meta // lib.optionalAttrs (package.meta ? license) { inherit (package.meta) license; };
    };

  # Against what lies in the folder that it is run in: Bun would read its .env, bunfig.toml and tsconfig.json.
  sealed = "--no-install --no-env-file --config=/dev/null --tsconfig-override=/dev/null --bun";
  ofScript = package: configFile: pkgs.writeTextFile {
    name = "${row.program}-konductor";
    destination = "/bin/${row.program}";
    executable = true;
    text = wrapperScript {
      inherit row configFile;
      command = "${npm.bun}/bin/bun ${sealed} ${package}/node_modules/${row.script}";
    };
    passthru = { unwrapped = package; inherit configFile; };
    inherit meta;
  };

  meta = {
    description = row.summary;
    homepage = row.url;
    mainProgram = row.program;
  };

  make = { package ? (if row.script == null then pkgs.${row.nix} else npm.modules), configFile ? shipped }:
    if row.script != null then ofScript package configFile
    # Nothing to put in: the package as it is.
    else if configFile == null && row.args == [ ] && row.env == { } then package // { unwrapped = package; inherit configFile; }
    else ofPackage package configFile;
in
lib.makeOverridable make { }
