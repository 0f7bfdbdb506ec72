# What a person sees who enters the full shell: that the languages are there, in which version.
if [[ -t 2 ]]; then
    {
        python3 --version
        go version
        printf 'Node.js %s\n' "$(node --version)"
        rustc --version
    } >&2
fi
