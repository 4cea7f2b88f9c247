import CasebookDocument
import CasebookRun
import CasebookTerminal
import Glibc

/// Reads the values of parameters from where their runbook says that they come from, each once.
final class ParameterReader {
    private let directory: String
    private let mode: RunMode
    private let limit: Duration
    private var known: [ParameterSource: SourcedValue] = [:]

    /// - Parameters:
    ///   - directory: the document's.
    ///   - limit: how long a command may take.
    init(directory: String, mode: RunMode, limit: Duration) {
        self.directory = directory
        self.mode = mode
        self.limit = limit
    }

    func value(of parameter: Parameter, from source: ParameterSource) -> SourcedValue {
        if let value = known[source] { return value }
        let value = read(source, for: parameter)
        known[source] = value
        return value
    }

    private func read(_ source: ParameterSource, for parameter: Parameter) -> SourcedValue {
        switch source {
        case .variable(let name): return Caller.variable(name).map(SourcedValue.value) ?? .none
        case .file(let path):
            let path = path.hasPrefix("/") ? path : "\(directory)/\(path)"
            return Self.text(ofFile: path)
        case .command(let line): return run(line, for: parameter, askingBecause: source.reasonToAsk)
        }
    }

    private func run(_ line: String, for parameter: Parameter, askingBecause reason: String?) -> SourcedValue
    {
        let errors = OutputStream.standardError
        errors.line("\(parameter.name) comes from a command of the runbook: \(line)")
        switch mode {
        case .unattended:
            if let reason { return .failed(reason: "its command needs a person: \(reason)") }
        case .interactive:
            if let reason { errors.line("  \(reason)") }
            guard askToRun() else { return .none }
        }
        switch Subprocess.text(of: line, in: directory, isInteractive: mode == .interactive, within: limit) {
        case .success(let text): return .value(text)
        case .failure(let failure): return .failed(reason: "its command \(failure.reason)")
        }
    }

    /// Asks until the answer is one of the two; false at the end of input.
    private func askToRun() -> Bool {
        while let answer = ParameterPrompt.line("run it? `yes`, or `no` to go on without: ") {
            switch answer.lowercased() {
            case "y", "yes": return true
            case "n", "no": return false
            default: OutputStream.standardError.line("`\(answer)` is neither")
            }
        }
        return false
    }

    private static func text(ofFile path: String) -> SourcedValue {
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return .failed(reason: "`\(path)`: \(SystemWords.of(errno))") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return .failed(reason: "`\(path)` is no file")
        }
        guard let text = Subprocess.text(readFrom: file, atMost: SourcedValue.bytesMax) else {
            return .failed(reason: "`\(path)` is larger than \(SourcedValue.bytesMax >> 10) KiB or no text")
        }
        return .value(text)
    }
}
