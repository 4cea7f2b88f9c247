/// What bash reads when a cell ends it: the session's own variables come out from under those of functions.
///
/// A cell may end the shell inside functions, whose local variables, and what stands before a call
/// (`V=1 f`), hide the session's. `unset` in a called function takes one such layer away (bash 5.2). It
/// must stop at the session's own, so those are marked first with the attribute `t`, which means nothing
/// for a variable: `declare -g` reaches below all layers. This is a file of its own, so that a cell
/// that does not end its shell pays nothing for it.
struct BashUncovering {
    private let scratch: String
    private let dump: String

    /// - Parameter dump: what bash does then: it writes its state down.
    init(_ context: DriverContext, dump: String) {
        self.dump = dump
        // The shell has read its last message to the end; the host writes the next one from the start.
        scratch = shellQuoted(context.directory.message)
    }

    var text: [UInt8] {
        Array(
            """
            __casebook_hidden=
            \(list)
            \(pop)
            \(uncover)
            __casebook_uncover 2>/dev/null
            builtin : >|\(scratch)
            \(traps)
            \(dump)

            """.utf8
        )
    }

    // Without functrace a function, and a file that is read, has no DEBUG and RETURN traps, and lists none.
    // Outside of them this file is all that is being read by the driver.
    private let traps = """
        case $__casebook_flags:${#FUNCNAME[@]} in
        *T*|*:[012]) ;;
        *) __casebook_hidden+=$'-T\\n';;
        esac
        """

    /// Lists variables as lines such as `x NAME="value"`, cut where no name reaches.
    private var list: String {
        """
        __casebook_list_variables() {
        builtin local __casebook_index
        __casebook_lines=()
        builtin declare -p "$@" >|\(scratch) || return 1
        builtin mapfile -t __casebook_lines <\(scratch)
        for __casebook_index in "${!__casebook_lines[@]}"; do
        __casebook_line=${__casebook_lines[__casebook_index]:0:400}
        case $__casebook_line in
        'declare -'*) __casebook_lines[__casebook_index]=${__casebook_line#declare -};;
        *) builtin unset -v '__casebook_lines[__casebook_index]';;
        esac
        done
        }
        __casebook_name_of() {
        __casebook_name=${1#* }
        __casebook_name=${__casebook_name%%=*}
        case $__casebook_name in
        ''|_|__casebook*|[0-9]*|*[!a-zA-Z0-9_]*) return 1;;
        esac
        }
        """
    }

    // What cannot be taken away, a function's own readonly variable, is named; it must not reach the next shell.
    private let pop = """
        __casebook_pop() {
        builtin local __casebook_reference= __casebook_count
        for (( __casebook_count = 0; __casebook_count < 1000; __casebook_count++ )); do
        __casebook_list_variables "$__casebook_name" || break
        __casebook_line=${__casebook_lines[0]}
        case ${__casebook_line%% *} in
        *t*)
        case $__casebook_line in *=*) ;; "t $__casebook_name") __casebook_new+=("$__casebook_name");; esac
        return;;
        *r*)
        __casebook_hidden+=$__casebook_name$'\\n'
        builtin export -n "$__casebook_name"
        return;;
        *n*)
        __casebook_reference=$__casebook_line
        builtin unset -n "$__casebook_name" || return;;
        *) builtin unset -v "$__casebook_name" || return;;
        esac
        done
        case $__casebook_reference in
        ?*) builtin eval "builtin declare -g -$__casebook_reference";;
        esac
        }
        """

    // A mark makes a variable of a name that the session does not have; that one goes again.
    private let uncover = """
        __casebook_uncover() {
        builtin local __casebook_line __casebook_name __casebook_unset
        builtin local -a __casebook_lines __casebook_names __casebook_layers __casebook_new
        builtin shopt -q localvar_unset
        __casebook_unset=$?
        builtin shopt -u localvar_unset
        __casebook_list_variables
        for __casebook_line in "${__casebook_lines[@]}"; do
        __casebook_name_of "$__casebook_line" && __casebook_names+=("$__casebook_name")
        done
        builtin declare -gt -- "${__casebook_names[@]}"
        __casebook_list_variables
        for __casebook_line in "${__casebook_lines[@]}"; do
        case ${__casebook_line%% *} in *t*) continue;; esac
        __casebook_name_of "$__casebook_line" && __casebook_layers+=("$__casebook_name")
        done
        for __casebook_name in "${__casebook_layers[@]}"; do __casebook_pop; done
        builtin declare -g +t -- "${__casebook_names[@]}"
        for __casebook_name in "${__casebook_new[@]}"; do builtin unset -v "$__casebook_name"; done
        case $__casebook_unset in 0) builtin shopt -s localvar_unset;; esac
        builtin declare -p - >/dev/null && __casebook_hidden+=$'-\\n'
        builtin return 0
        }
        """
}
