import CasebookTerminal

/// Why a command could not do what it was asked, in words, with its exit status.
///
/// Every failure of every layer becomes one of these before it is shown; `Problem.show` is the one place
/// that prints them.
struct Problem: Error {
    let status: ExitStatus
    /// One sentence: what, where, found and expected; lower case, no full stop.
    let message: String
    /// What to do about it; one line each.
    let advice: [String]

    init(_ status: ExitStatus, _ message: String, advice: [String] = []) {
        self.status = status
        self.message = message
        self.advice = advice
    }

    func show(on stream: OutputStream) {
        let style = TextStyle(isEnabled: stream.isTerminal && Caller.wantsColour)
        stream.line(style.red("error: ") + message)
        for line in advice { stream.line("  \(line)") }
    }

    /// The same problem with further lines of advice.
    func advisingAll(_ lines: [String]) -> Problem { Problem(status, message, advice: advice + lines) }

    /// The same problem with one more line of advice.
    func advising(_ line: String?) -> Problem {
        Problem(status, message, advice: advice + [line].compactMap(\.self))
    }
}
