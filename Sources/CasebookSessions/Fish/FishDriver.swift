/// The driver of a live fish session.
extension DriverScript {
    static let fish = DriverScript(
        arguments: ["--no-config", "--"],
        quoted: singleQuoted,
        text: #"""
            # The driver of a live fish session. It bears the runbook's name, and each cell's code stands after as many empty lines
            # as stand before it in the document, so that what `eval` says carries the runbook's name and lines.
            set -g __casebook_control @CONTROL@
            set -g __casebook_event @EVENT@
            set -g __casebook_output @OUTPUT@
            set -g __casebook_message @MESSAGE@
            set -g __casebook_state @STATE@
            set -g __casebook_name @NAME@
            set -g __casebook_home @START@
            set -g __casebook_program @PROGRAM@
            set -g __casebook_below @START_DIRECTORY@
            set -g __casebook_number 0
            set -g __casebook_target $__casebook_output
            set -g __casebook_code
            set -g __casebook_begun
            set -g __casebook_running
            set -g __casebook_closing
            set -g __casebook_overridden
            # Variables that fish sets itself, and the driver's.
            set -g __casebook_own (string join '' '^set -gx? (?:__(?:casebook|fish)\w*|_|argv|CMD_DURATION|COLUMNS|LINES|EUID|FISH_VERSION' \
                '|PWD|SHLVL|fish_(?:pid|kill_signal|killring|private_mode)|history|hostname|pipestatus|status\w*|version)(?: |$)')

            # A cell's message: CODE DIRECTORY CAPTURE [NAME VALUE]...
            function __casebook_cell
                set -g __casebook_code $argv[1]
                set -g __casebook_begun
                set -g __casebook_target $__casebook_output
                set -l directory $argv[2]
                test -z "$argv[3]"; or set __casebook_target $argv[3]
                set -e argv[1..3]
                while set -q argv[2]
                    set -gx $argv[1] $argv[2]
                    set -e argv[1..2]
                end
                if test -n "$directory"; and not builtin cd -- $directory 2>/dev/null
                    builtin echo "$__casebook_name: cannot change to the directory $directory" >&2
                    set __casebook_code 'set __casebook_begun 1; false'
                end
                # The only functions of fish's own that are looked at: those that a cell may put something in place of.
                for name in (builtin string match -arg '(?:function|alias)\s+(?:-\S+\s+)*[\'"]?([^\s;=\'"]+)' -- $__casebook_code)
                    if builtin contains -- $name $__casebook_functions; and not builtin contains -- $name $__casebook_overridden
                        set -ga __casebook_overridden $name
                    end
                end
            end

            # Restore code: LABEL CODE. What fails prints its label. (`set` leaves $status as it was.)
            function __casebook_define
                builtin true
                eval $argv[2] 2>/dev/null; or builtin echo -- $argv[1]
                set -l name (builtin string replace -f 'function ' '' -- $argv[1])
                builtin contains -- "$name" $__casebook_functions; and set -ga __casebook_overridden $name
            end

            # How to make each global variable, a line each. An empty list is listed as an empty string is: a list is made of it.
            function __casebook_variables
                set -l __casebook_lines (builtin string replace -r ^ 'set -gx ' -- (set -gxL)) \
                    (builtin string replace -r ^ 'set -g ' -- (set -guL))
                set __casebook_lines (builtin string match -rv -- $__casebook_own $__casebook_lines)
                for __casebook_each in (builtin string match -rg -- '^set -gx? (\S+)$' $__casebook_lines)
                    test (builtin count $$__casebook_each) = 0; and continue
                    set __casebook_lines (builtin string replace -r "^(set -gx? $__casebook_each)\$" '$1 \'\'' -- $__casebook_lines)
                end
                builtin printf '%s\n' $__casebook_lines
            end

            # What matches one of these texts as a whole, or the pattern that stands first.
            function __casebook_any
                builtin echo -- '^(?:'(builtin string join '|' -- $argv[1] (builtin string escape --style=regex -- $argv[2..]))')$'
            end

            function __casebook_names
                builtin string replace -r '^set -gx? (\S+).*' '$1' -- $argv
            end

            # Writes the difference from the session's start: all pieces are made first, which takes fewer commands. The locals
            # must not hide a variable.
            function __casebook_save
                set -l __casebook_labels
                set -l __casebook_codes
                set -l __casebook_plains
                if test "$PWD" != "$__casebook_home"
                    set -a __casebook_labels 'the working directory'
                    set -a __casebook_codes "builtin cd -- "(builtin string escape -- $PWD)
                    set -a __casebook_plains ''
                end
                set -l __casebook_now (__casebook_variables)
                for __casebook_each in (builtin string match -rv -- (__casebook_any umask (__casebook_names $__casebook_now)) $__casebook_start_names)
                    set -a __casebook_labels "variable $__casebook_each"
                    set -a __casebook_codes "set -eg $__casebook_each"
                    set -a __casebook_plains ''
                end
                for __casebook_line in (builtin string match -rv -- $__casebook_unchanged $__casebook_now)
                    set -l __casebook_each (__casebook_names $__casebook_line)
                    set -a __casebook_labels "variable $__casebook_each"
                    # fish lists a value with both kinds of quotes so that it cannot be read again.
                    set __casebook_line (builtin string match -r '^set -gx? \S+' -- $__casebook_line) (builtin string escape -- $$__casebook_each)
                    set __casebook_line (builtin string join ' ' -- $__casebook_line)
                    set -qg --path $__casebook_each; and set __casebook_line (builtin string replace 'set ' 'set --path ' -- $__casebook_line)
                    set -a __casebook_codes $__casebook_line
                    set -a __casebook_plains "$$__casebook_each"
                end
                for __casebook_each in (builtin string match -rv -- $__casebook_known (builtin functions -an)) $__casebook_overridden
                    builtin functions -q -- $__casebook_each; or continue
                    set -l __casebook_text (builtin functions --no-details -- $__casebook_each | builtin string collect)
                    set -a __casebook_labels "function $__casebook_each"
                    set -a __casebook_codes "$__casebook_text"
                    set -a __casebook_plains "$__casebook_text"
                end
                set -l __casebook_quoted (builtin string escape -- $__casebook_labels)
                set __casebook_codes (builtin string escape -- $__casebook_codes)
                builtin echo $__casebook_number
                for __casebook_each in $__casebook_labels
                    set -l __casebook_entry $__casebook_each "__casebook_define $__casebook_quoted[1] $__casebook_codes[1]"\n $__casebook_plains[1]
                    # In bytes, which fish counts only so.
                    set -l __casebook_lengths (builtin string escape --style=url -- $__casebook_entry)
                    set __casebook_lengths (builtin string length -- (builtin string replace -ar '%..' x -- $__casebook_lengths))
                    if test $__casebook_lengths[2] -ge 1048576
                        set __casebook_entry "$__casebook_each: larger than 1 MiB" '' ''
                        set __casebook_lengths (builtin string length -- "$__casebook_entry[1]") 0 0
                    end
                    set -l __casebook_exported (builtin string match -rg '^variable (\S+)$' -- $__casebook_each)
                    test -n "$__casebook_exported"; and set -qgx $__casebook_exported; and set __casebook_exported x; or set __casebook_exported
                    builtin printf '%s %s %s %s\n%s%s%s' $__casebook_lengths "$__casebook_exported" $__casebook_entry
                    set -e __casebook_quoted[1] __casebook_codes[1] __casebook_plains[1]
                end
            end

            # The shell replaces itself, and the host gives the next one this one's state.
            function __casebook_replace
                set -g __casebook_running
                __casebook_save >$__casebook_state 2>/dev/null
                builtin echo X $__casebook_number $argv[1] 0 >$__casebook_event
                for name in (set --names -gx)
                    builtin contains -- $name $__casebook_start_names; or set -eg $name
                end
                for code in (builtin string match -r -- '^set (?:-gx .*|-g umask .*)' $__casebook_start)
                    eval $code
                end
                builtin cd -- $__casebook_below
                exec $__casebook_program --no-config -- $__casebook_name
            end

            # `exit`, and `return` outside a function, end the script, which is this one.
            function __casebook_on_exit --on-event fish_exit
                set -l last $status
                test -n "$__casebook_running"; and __casebook_replace $last
            end

            function __casebook_on_signal --on-signal HUP --on-signal INT --on-signal TERM
                test -n "$__casebook_running"; or return
                switch $argv[1]
                    case SIGHUP
                        __casebook_replace 129
                    case SIGINT
                        __casebook_replace 130
                    case SIGTERM
                        __casebook_replace 143
                end
            end

            builtin cd -- $__casebook_home
            set -eg OLDPWD
            set -g __casebook_functions (builtin functions -an)
            set -g __casebook_known (__casebook_any '__(?:casebook|fish).*' $__casebook_functions)
            set -g __casebook_start (__casebook_variables)
            set -g __casebook_start_names (__casebook_names $__casebook_start)
            set -g __casebook_unchanged (__casebook_any '(?!)' $__casebook_start)
            builtin echo R >$__casebook_event
            while true
                builtin read -g __casebook_number <$__casebook_control
                or continue
                builtin source $__casebook_message
                test -z "$__casebook_closing"
                or builtin exit
                set -g __casebook_running 1
                # A `break` ends this loop and not the driver's.
                for __casebook_once in 1
                    builtin true
                    eval $__casebook_code </dev/null >$__casebook_target 2>$__casebook_output
                end
                set -g __casebook_status $status
                set -g __casebook_running
                test -n "$__casebook_begun"
                or set __casebook_status 2
                __casebook_save >$__casebook_state 2>/dev/null
                builtin echo E $__casebook_number $__casebook_status 0 >$__casebook_event
            end
            """#
    )
}
