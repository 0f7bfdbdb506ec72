# What the programs of packages are called, as far as their metadata says: aliases and variables are set only for these.
lib: packages:
lib.unique (lib.concatMap (package: [ (package.meta.mainProgram or (lib.getName package)) (lib.getName package) ]) packages)
