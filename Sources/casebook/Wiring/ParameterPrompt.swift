import CasebookDocument
import CasebookRun
import CasebookTerminal
import Glibc

/// Asks for values before a run starts.
enum ParameterPrompt {
    /// Asks until the value obeys the parameter's rules; nil at the end of input.
    static func value(of parameter: Parameter) -> String? {
        while true {
            let question =
                (parameter.prompt ?? parameter.name) + (parameter.prompt == nil ? "" : " (\(parameter.name))")
            guard let answer = line("\(question): ", isHidden: parameter.kind == .secret) else { return nil }
            guard let problem = parameter.rule(brokenBy: answer) else { return answer }
            OutputStream.standardError.line(problem.sentence)
        }
    }

    /// Asks once for a variable that nothing sets; empty leaves it unset, nil at the end of input.
    static func value(ofOpenVariable name: String) -> String? {
        let isHidden = Parameter(openVariable: name).kind == .secret
        return line(
            "\(name), which nothing in the runbook sets (empty: do its steps by hand): ",
            isHidden: isHidden
        )
    }

    /// One line from the terminal; nil at the end of input.
    static func line(_ question: String, isHidden: Bool = false) -> String? {
        OutputStream.standardError.write(question)
        guard isHidden else { return readLine() }
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return readLine() }
        var silent = settings
        // Ctrl-C must not end the process while the terminal is silent: it would stay so.
        silent.c_lflag &= ~tcflag_t(ECHO | ISIG)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            OutputStream.standardError.write("\n")
        }
        return readLine().flatMap { $0.contains("\u{3}") ? nil : $0 }
    }
}
