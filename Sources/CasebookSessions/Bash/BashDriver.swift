/// The text of the driver file for bash.
///
/// The file bears the runbook's name, and each cell's `eval` stands on the cell's own line, so that messages
/// carry the runbook's name and lines, in functions too. Everything is one compound command, which bash
/// has read whole before it runs: closing any descriptor cannot cut it off. Nothing in it forks.
struct BashDriver {
    let context: DriverContext

    /// Cells in one arm of the outer `case`, so that finding a cell does not grow with the document.
    static let chunkSize = 64

    var text: [UInt8] {
        let lines = BashDriver.lines(context.codeLines)
        var text = joined(opening)
        var line = 1
        for (index, codeLine) in lines.enumerated() {
            text += String(repeating: "\n", count: codeLine - line)
            line = codeLine
            if index % BashDriver.chunkSize == 0 {
                if index > 0 { text += "esac;; " }
                text += "\(index / BashDriver.chunkSize)) case $__casebook_line in "
            }
            text += "\(codeLine)) \(runCell);; "
        }
        if !lines.isEmpty { text += "esac;; " }
        text += "*) \(runCell);; esac; " + joined(closing) + "\n"
        return Array(text.utf8)
    }

    /// The lines that have an arm of their own: line 1 is the driver's.
    static func lines(_ codeLines: [Int]) -> [Int] { Set(codeLines).filter { $0 > 1 }.sorted() }

    /// Where the arm of a cell stands; `none` for one that has none.
    ///
    /// - Parameter lines: sorted, as ``lines(_:)`` returns them.
    static func chunk(of line: Int, in lines: [Int]) -> String {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle] < line { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && lines[low] == line ? "\(low / chunkSize)" : "none"
    }

    // The check only reads the code, as the body of a function that is never called.
    private let runCell = """
        if builtin eval "$__casebook_check"; then builtin eval "$__casebook_code"; \
        else __casebook_syntax; fi
        """

    private var opening: String {
        """
        builtin . \(quoted("\(context.directory.path)/prologue"));
        while :; do while :; do while :; do
        case $__casebook_running in 1) builtin exit 0;; esac;
        builtin read -r __casebook_number <\(quoted(context.directory.control));
        exec </dev/null >\(quoted(context.directory.output)) 2>&1;
        __casebook_running=1;
        builtin . \(quoted(context.directory.message));
        case $__casebook_chunk in
        """
    }

    // The first command after a cell still meets its DEBUG trap, its `-x` and its `-e`, hence the group.
    private var closing: String {
        """
        { \(takeStatus) \(takeState) } 1<>\(stateFile) 2>/dev/null;
        __casebook_running=;
        builtin printf 'E %d %d 0\\n' "$__casebook_number" "$__casebook_status"
        >\(quoted(context.directory.event));
        done; done; done
        """
    }

    // It is written over and not cut to its length: cutting it costs more than writing it.
    private var stateFile: String { quoted(context.directory.state) }

    private var takeStatus: String {
        """
        __casebook_status=$? __casebook_flags=$-;
        builtin trap -p DEBUG ERR RETURN; builtin trap - DEBUG ERR RETURN; builtin set +xv;
        case $__casebook_status$__casebook_piped in 1411) __casebook_status=0;; esac;
        __casebook_piped=;
        """
    }

    // Without its end the dump counts for nothing: the disk may be full for a part of it.
    private var takeState: String {
        let mark = BashState.mark
        return """
            builtin printf '\\n\(mark) listing\\n'; __casebook_code= __casebook_check=;
            builtin declare -p && builtin declare -F && builtin alias -p && builtin trap -p && builtin umask &&
            case $__casebook_bodies in 1) builtin printf '\(mark) functions\\n' && builtin declare -f;; esac &&
            builtin printf '\(mark) end %d\\n' "$__casebook_number" || builtin :;
            """
    }

    /// What the EXIT trap does: the shell replaces itself, and its state comes back from the host.
    private var onExit: String {
        """
        { \(takeStatus) builtin set +eu; __casebook_bodies=1; } >|\(stateFile) 2>/dev/null;
        case $__casebook_exit_number in "$__casebook_number")
        ( __casebook_return; builtin eval "$__casebook_exit" ); __casebook_exit=;;
        esac;
        builtin . \(quoted("\(context.directory.path)/uncover")) 2>/dev/null;
        builtin printf 'X %d %d %d\\n' "$__casebook_number" "$__casebook_status" "$__casebook_signal"
        >\(quoted(context.directory.event));
        builtin cd -- \(quoted(context.startDirectory));
        builtin exec -a bash \(quoted(context.program)) -- \(quoted(context.driverName))
        """
    }

    /// What the EXIT trap reads from a file, so that what every listing shows of that trap stays short.
    var uncovering: [UInt8] {
        let dump = """
            { builtin printf '\\n\(BashState.mark) hidden\\n%s' "$__casebook_hidden"; \(takeState) } \
            >>\(stateFile) 2>/dev/null
            """
        return BashUncovering(context, dump: dump).text
    }

    // MARK: - The prologue, a file of its own: the driver's first line is all that stands before a cell

    var prologue: [UInt8] {
        Array(
            """
            __casebook_number=0 __casebook_status=0 __casebook_signal=0 __casebook_flags=
            __casebook_running= __casebook_piped= __casebook_depth=0 __casebook_debug=
            __casebook_exit= __casebook_exit_number= __casebook_line= __casebook_chunk= __casebook_bodies=
            __casebook_check= __casebook_code=
            __casebook_return() { return "$__casebook_status"; }
            __casebook_syntax() { return 2; }
            \(pipeRule)
            \(trapWrapper)
            builtin trap -- \(quoted(joined(onExit))) EXIT
            for __casebook_line in \(BashDriver.endingSignals); do
            builtin trap -- "__casebook_signal=${__casebook_line%:*}; builtin exit $((128 + \
            ${__casebook_line%:*}))" "${__casebook_line#*:}"
            done
            builtin trap -- \(quoted(onHangup)) HUP
            builtin cd -- \(quoted(context.workingDirectory))
            builtin unset -v OLDPWD
            builtin set -eE -o pipefail
            builtin shopt -s expand_aliases
            builtin printf 'R\\n' >\(quoted(context.directory.event))

            """.utf8
        )
    }

    /// Signals that would end the shell without a word about its state.
    static let endingSignals = "1:HUP 2:INT 10:USR1 12:USR2 14:ALRM 15:TERM 24:XCPU 26:VTALRM"

    // Between cells it is the terminal of the one before that was taken away.
    private let onHangup = "case $__casebook_running in 1) __casebook_signal=1; builtin exit 129;; esac"

    /// Arms the rule for pipelines.
    static let arming = Array("\(onError)\n".utf8)

    private static let onError = """
        builtin trap -- '{ __casebook_pipe "$?" "$BASH_COMMAND" "${PIPESTATUS[@]}"; } 2>/dev/null' ERR
        """

    // With pipefail, `yes | head -1` fails with 141 although nothing went wrong. The ERR trap runs before
    // `-e` ends the shell, so it lifts `-e` until the next command, at which a DEBUG trap puts it back.
    // Accepted: a pipeline whose last stage succeeded and whose others succeeded or were ended by SIGPIPE;
    // a substitution that ended so, which can only be a pipeline's doing; a function whose last command was such.
    private var pipeRule: String {
        """
        __casebook_pipe() {
        [[ $1 == 141 && $- == *e* && -z $__casebook_debug ]] || return 0
        local command=$2 stage
        builtin shift 2
        if (( $# > 1 )); then
        for stage in "${@:1:$#-1}"; do [[ $stage == 0 || $stage == 141 ]] || return 0; done
        [[ ${!#} == 0 ]] || return 0
        elif [[ -z $__casebook_piped && $command != *'$('* && $command != *'`'* ]]; then return 0
        fi
        __casebook_piped=1 __casebook_depth=$(( ${#FUNCNAME[@]} - 1 ))
        builtin set +e
        builtin trap -- \(quoted(onNext)) DEBUG
        }
        """
    }

    // The DEBUG trap also fires for the ERR traps of the function and of the `eval` in which the pipeline was
    // last; those are not the author's next command.
    private let onNext = """
        { case $BASH_COMMAND in
        'builtin eval "$__casebook_code"') ;;
        __casebook_status=*) builtin set -e; builtin trap - DEBUG;;
        *) if (( ${#FUNCNAME[@]} < __casebook_depth )); then __casebook_depth=${#FUNCNAME[@]}
        else builtin set -e; builtin trap - DEBUG; __casebook_piped=; fi;;
        esac; } 2>/dev/null
        """

    // The author's EXIT trap is kept beside the driver's own; so are those that the driver needs to survive.
    // bash 5.2 puts the DEBUG trap back when a function returns that left none: one that does nothing stays.
    private let trapWrapper = """
        function trap {
        { local __casebook_x=$-; builtin set +x; } 2>/dev/null
        local __casebook_result=0 __casebook_action __casebook_name __casebook_last=
        if [[ $BASHPID != "$$" || ${1-} == -l ]]; then builtin trap "$@" || __casebook_result=$?
        elif [[ $# == 0 || $1 == -p ]]; then __casebook_list "$@" || __casebook_result=$?
        else
        [[ $1 != -- ]] || builtin shift
        if [[ $# == 1 || ${1-} == +([0-9]) ]]; then __casebook_action=-
        else __casebook_action=${1-}; builtin shift; fi
        for __casebook_name in "$@"; do
        __casebook_name=${__casebook_name^^}
        __casebook_name=${__casebook_name#SIG}
        case $__casebook_name:$__casebook_action in
        EXIT:-|0:-) __casebook_exit= __casebook_exit_number=;;
        EXIT:*|0:*) __casebook_exit=$__casebook_action __casebook_exit_number=$__casebook_number;;
        ERR:-) \(BashDriver.onError); builtin set -E;;
        ERR:*) builtin trap -- "$__casebook_action" ERR
        [[ $__casebook_code == *errtrace* || \
        $__casebook_code == *set\\ -*([a-zA-Z])E* ]] || builtin set +E;;
        DEBUG:-) __casebook_debug=; builtin trap -- ': __casebook_none' DEBUG;;
        DEBUG:*) __casebook_debug=1 __casebook_last=$__casebook_action;;
        *:-) __casebook_reset "$__casebook_name" || __casebook_result=$?;;
        *) builtin trap -- "$__casebook_action" "$__casebook_name" || __casebook_result=$?;;
        esac
        done
        fi
        case $__casebook_x in *x*) builtin set -x;; esac
        case $__casebook_last in
        ?*) builtin trap -- "$__casebook_last" DEBUG;;
        *) builtin return "$__casebook_result";;
        esac
        }
        __casebook_reset() {
        local signal
        for signal in \(endingSignals); do
        [[ $1 == "${signal%:*}" || $1 == "${signal#*:}" ]] || continue
        builtin trap -- "__casebook_signal=${signal%:*}; builtin exit $((128 + ${signal%:*}))" "$1"
        return
        done
        builtin trap - "$1"
        }
        __casebook_list() {
        local line
        [[ ${1-} != -p ]] || builtin shift
        [[ -z $__casebook_exit || ( $# != 0 && " ${*^^} " != *" "@(SIG|)EXIT" "* && " $* " != *" 0 "* ) ]] ||
        builtin printf 'trap -- %q EXIT\\n' "$__casebook_exit"
        local listed=$(builtin trap -p "$@") one=
        while builtin read -r line; do
        if [[ $line == 'trap -- '* ]]; then
        [[ -z $one || $one == *__casebook_* ]] || builtin printf '%s\\n' "$one"
        one=$line
        else one+=$'\\n'$line; fi
        done <<<"$listed"
        [[ -z $one || $one == *__casebook_* ]] || builtin printf '%s\\n' "$one"
        }
        """
}

/// One line of shell out of several.
private func joined(_ text: String) -> String {
    text.split(separator: "\n").map { line in
        String(line.drop { $0 == " " })
    }.joined(separator: " ")
}

private func quoted(_ text: String) -> String { shellQuoted(text) }
