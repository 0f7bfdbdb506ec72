{ runCommand, git, k }:
runCommand "konductor-git-template" { nativeBuildInputs = [ git k ]; } (builtins.readFile ./git-template.sh)
