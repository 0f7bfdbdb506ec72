# Completion of `k` for bash 3.2 and later. It asks k itself; nothing of what stands on the line is evaluated.
# shellcheck disable=SC2154 # __k_own is put in above

# The k to ask: what the user types, unless that is a path. A path leads into a folder, and TAB must run nothing of a
# folder; then it is the k of this script, or the one on PATH.
__k_program() {
    if [[ $1 != */* ]] && type -P -- "$1" > /dev/null; then
        REPLY=$(type -P -- "$1")
    elif [[ -x $__k_own ]]; then
        REPLY=$__k_own
    else
        REPLY=$(type -P k)
    fi
}

# bash splits words at `:` and `=` too. What stands on the line without a blank between is one word again; what it split
# off before the part that it is about to replace comes back in __k_before.
__k_words_of_line() {
    local left=$COMP_LINE piece blanks last='' i
    __k_words=()
    __k_before=
    for ((i = 0; i <= COMP_CWORD; i++)); do
        piece=${COMP_WORDS[i]}
        blanks=${left%%[![:blank:]]*}
        left=${left#"$blanks"}
        left=${left#"$piece"}
        if ((i == COMP_CWORD)); then
            piece=$(__k_up_to_cursor "$piece" "$left")
        fi
        if ((i == 0)) || [[ -n $blanks ]]; then
            __k_words+=("$piece")
            __k_before=
        else
            __k_before=${__k_words[${#__k_words[@]} - 1]}
            __k_words[${#__k_words[@]} - 1]+=$piece
        fi
        last=$piece
    done
    # A word that ends in such a letter is replaced from there on.
    case $last in
        '' | *[!:=]*) ;;
        *) __k_before=${__k_words[${#__k_words[@]} - 1]} ;;
    esac
}

# The part of the last word before the cursor: COMP_LINE goes on behind it.
__k_up_to_cursor() {
    local behind=$((${#COMP_LINE} - COMP_POINT)) over
    over=$((behind - ${#2}))
    if ((over > 0 && over <= ${#1})); then
        printf '%s' "${1:0:${#1}-over}"
    else
        printf '%s' "$1"
    fi
}

__k_complete() {
    local REPLY __k_words __k_before kind='' typed='' kept='' line index=0
    COMPREPLY=()
    __k_words_of_line
    case ${COMP_WORDS[COMP_CWORD - 1]} in
        '<' | '>' | '>>' | '&>' | '>|' | '<>')
            __k_files file "${COMP_WORDS[COMP_CWORD]}" ''
            return 0
            ;;
        *) ;;
    esac
    __k_program "$1"
    [[ -n $REPLY ]] || return 0
    while IFS= read -r line; do
        case $index in
            0) kind=$line ;;
            1) typed=$line ;;
            2) kept=$line ;;
            *) COMPREPLY+=("$line") ;;
        esac
        index=$((index + 1))
    done < <("$REPLY" __complete bash "${COMP_TYPE-9}" "${COLUMNS:-80}" "$__k_before" "${__k_words[@]:1}" 2> /dev/null < /dev/null)
    case $kind in
        open) compopt -o nospace 2> /dev/null ;;
        file | folder) __k_files "$kind" "$typed" "$kept" ;;
        *) ;;
    esac
    return 0
}

# Files as bash lists them; what is in COMPREPLY stays where there are none.
__k_files() {
    local flag=-f file
    local -a files=()
    [[ $1 == folder ]] && flag=-d
    while IFS= read -r file; do
        files+=("$3$file")
    done < <(compgen "$flag" -- "$2")
    if ((${#files[@]} > 0)); then
        COMPREPLY=("${files[@]}")
        compopt -o filenames 2> /dev/null
    fi
}

complete -o nosort -F __k_complete k 2> /dev/null || complete -F __k_complete k
