/** In the project: links to what Nix built, and caches of builds. A `.gitignore` in it keeps it out of git. */
export const ownFolder = ".konductor";
