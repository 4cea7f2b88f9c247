/// The text of the driver file for a POSIX shell.
struct ShDriver {
    let context: DriverContext

    var text: String {
        """
        __casebook_on_exit=\(shellQuoted(onExit))
        __casebook_signal=0 __casebook_running= __casebook_number=0 __casebook_status=0 __casebook_flags=
        trap "$__casebook_on_exit" EXIT
        trap '__casebook_signal=2; exit 130' INT
        trap '__casebook_signal=15; exit 143' TERM
        trap '\(onHangup)' HUP
        cd -- \(shellQuoted(context.workingDirectory))
        unset OLDPWD
        set -e
        echo R >\(shellQuoted(context.directory.event))
        while :; do while :; do while :; do
        case $__casebook_running in 1) exit 0;; esac
        until { read -r __casebook_number <\(shellQuoted(context.directory.control)); } 2>/dev/null; do :; done
        exec </dev/null >\(shellQuoted(context.directory.output)) 2>&1
        __casebook_running=1
        . \(shellQuoted(context.directory.message))
        eval "$__casebook_check"
        eval "$__casebook_code"
        { \(takeState(":"))
        } >|\(stateFile) 2>/dev/null
        __casebook_running=
        trap "$__casebook_on_exit" EXIT
        echo "E $__casebook_number $__casebook_status 0" >\(shellQuoted(context.directory.event))
        done; done; done

        """
    }

    private var stateFile: String { shellQuoted(context.directory.state) }

    /// - Parameter last: what else is listed. `local` outside a function is an error, which ends a subshell only.
    private func takeState(_ last: String) -> String {
        let mark = ShellDump.mark
        return """
            __casebook_status=$? __casebook_flags=$-; set +xv
            echo '\(mark) variables' && set &&
            echo '\(mark) exported' && export -p &&
            echo '\(mark) readonly' && readonly -p &&
            echo '\(mark) aliases' && alias &&
            echo '\(mark) traps' && trap &&
            echo '\(mark) mask' && umask &&
            { \(last); } &&
            echo "\(mark) end $__casebook_number" || :
            """
    }

    // Between cells it is the terminal of the one before that was taken away; dash then gives up what it reads.
    private let onHangup = "case $__casebook_running in 1) __casebook_signal=1; exit 129;; esac"

    private var onExit: String {
        """
        { \(takeState("echo '\(ShellDump.mark) exiting'; if (local __casebook_flags); then echo '\(ShellDump.mark) function'; fi"))
        } >|\(stateFile) 2>/dev/null
        echo "X $__casebook_number $__casebook_status $__casebook_signal" >\(shellQuoted(context.directory.event))
        cd -- \(shellQuoted(context.startDirectory))
        exec \(shellQuoted(context.program)) \(shellQuoted(context.driverName))
        """
    }
}
