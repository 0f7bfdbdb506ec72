# Completion of `k` for fish. It asks k itself; nothing of what stands on the line is evaluated.

function __k_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    # A path leads into a folder, and TAB must run nothing of a folder.
    set -l program
    if not string match -q '*/*' -- $words[1]
        set program (type -fP -- $words[1] 2>/dev/null)
    end
    if test -z "$program"
        if test -x "$__k_own"
            set program $__k_own
        else
            set program (type -fP -- k 2>/dev/null)
        end
    end
    test -n "$program"; or return 0
    set -l answer ($program __complete fish $words[2..-1] "$current" 2>/dev/null </dev/null)
    set -l rows $answer[4..-1]
    if contains -- "$answer[1]" file folder
        set -l files
        if test $answer[1] = file
            set files (__fish_complete_path "$answer[2]")
        else
            set files (__fish_complete_directories "$answer[2]")
        end
        if test (count $files) -gt 0
            printf '%s\n' $answer[3]$files
            return 0
        end
    end
    test (count $rows) -gt 0; and printf '%s\n' $rows
    return 0
end

complete -c k -e
complete -c k -f -a '(__k_complete)'
