#compdef k
# Completion of `k` for zsh. It asks k itself; nothing of what stands on the line is evaluated.

_k() {
    emulate -L zsh -o extendedglob
    local program=${words[1]} kind typed kept answer
    local -a before rows
    # A path leads into a folder, and TAB must run nothing of a folder.
    if [[ $program == */* || -z ${commands[$program]} ]]; then
        program=$__k_own
        [[ -x $program ]] || program=${commands[k]}
    else
        program=${commands[$program]}
    fi
    [[ -n $program ]] || return 1
    before=("${(@Q)words[2,CURRENT-1]}")
    answer=$("$program" __complete zsh "${before[@]}" "${(Q)PREFIX}" 2> /dev/null < /dev/null) || return 1
    rows=("${(@f)answer}")
    (($#rows >= 4)) || return 1
    kind=$rows[1] typed=$rows[2] kept=$rows[3]
    rows=("${(@)rows[5,-1]}")
    # What stays of the word is taken out of the comparison.
    if [[ -n $kept ]]; then
        if [[ ${PREFIX[1,$#kept]} == "$kept" ]]; then
            compset -p $#kept
        else
            return 1
        fi
    fi
    case $kind in
        file) _files && return 0 ;;
        folder) _files -/ && return 0 ;;
    esac
    __k_add - && answer=done
    __k_add + -S '' && answer=done
    [[ $answer == done ]]
}

# Adds the values whose row begins with this sign.
__k_add() {
    local sign=$1 row what
    local -a shown
    shift
    for row in "${(@M)rows:#$sign*}"; do
        # _describe takes a colon as the end of the value.
        what=${row#*$'\t'}
        shown+=("${${${row#?}%%$'\t'*}//:/\\:}${what:+:$what}")
    done
    (($#shown > 0)) || return 1
    _describe -t values k shown "$@"
}

if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _k "$@"
elif (($+functions[compdef])); then
    compdef _k k
fi
