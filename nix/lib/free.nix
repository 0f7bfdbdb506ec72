# Packages that may be given to others, as an image that is pushed gives them.
builtins.filter (package: !(package.meta.unfree or false))
