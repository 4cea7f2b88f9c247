import CasebookDocument
import CasebookEngine
import CasebookRun
import CasebookStore
import CasebookTerminal

extension StoreError {
    /// The failure in words.
    ///
    /// What cannot be written ends a command with status 5; what cannot be found, with 2.
    var problem: Problem {
        switch self {
        case .absent(let path):
            Problem(
                .usage,
                "there is no record at `\(path)` yet",
                advice: ["`casebook run FILE` makes one; `--store DIR` names another"]
            )
        case .notADirectory(let path):
            Problem(
                .toolFailed,
                "the record's place `\(path)` is not a directory",
                advice: ["name another with `--store DIR`"]
            )
        case .notPermitted(let path, let operation):
            Problem(
                .toolFailed,
                "the record `\(path)`: \(operation) is not permitted",
                advice: ["check its owner and mode, or name another with `--store DIR`"]
            )
        case .notARecord(let path):
            Problem(
                .toolFailed,
                "`\(path)` is not a record of Casebook",
                advice: ["name another directory with `--store DIR`"]
            )
        case .newer(let path, let version, let known):
            Problem(
                .toolFailed,
                "the record `\(path)` has format \(version); this version of Casebook knows up to \(known)",
                advice: ["use the newer Casebook"]
            )
        case .damaged(let path, let reason):
            Problem(
                .toolFailed,
                "the record `\(path)` is damaged: \(reason)",
                advice: ["keep the file, and go on with another record: `--store DIR`"]
            )
        case .readOnly(let path):
            Problem(
                .toolFailed,
                "the record `\(path)` is read-only",
                advice: ["name another with `--store DIR`"]
            )
        case .full(let path):
            Problem(
                .toolFailed,
                "the disk of the record `\(path)` is full: nothing further was started",
                advice: ["make room"]
            )
        case .busy(let path):
            Problem(
                .toolFailed,
                "another process keeps the record `\(path)` locked",
                advice: ["try again in a moment"]
            )
        case .database(let path, let operation, let reason):
            Problem(.toolFailed, "the record `\(path)`: \(operation) failed: \(reason)")
        case .system(let path, let operation, let errno):
            Problem(.toolFailed, "the record `\(path)`: \(operation) failed: \(SystemWords.of(errno))")
        case .unexpected(let path, let operation, _):
            Problem(
                .toolFailed,
                "the record `\(path)`: \(operation) failed, and nothing here expects why",
                advice: ["`CASEBOOK_LOG=debug` shows the cause; please report it"]
            )
        case .continuedElsewhere: Problem(.toolFailed, "another process has continued this run")
        case .noRuns(let path): Problem(.usage, "the record `\(path)` holds no run yet")
        case .unknownRun(let prefix):
            Problem(.usage, "no run begins with `\(prefix)`", advice: ["`casebook history` lists them"])
        case .ambiguousRun(let prefix, let candidates):
            Problem(
                .usage,
                "`\(prefix)` is the beginning of more than one run",
                advice: candidates.map(\.text)
            )
        case .unknownEvent(let run, let sequence, let kind):
            Problem(
                .toolFailed,
                "event \(sequence) of run \(run) is a `\(kind)`, which this version does not know",
                advice: ["use the newer Casebook that wrote it"]
            )
        case .unreadableEvent(let run, let sequence, let kind, let reason):
            Problem(
                .toolFailed,
                "event \(sequence) (`\(kind)`) of run \(run) cannot be read: \(reason)",
                advice: ["`casebook verify \(run)` says whether the record was changed"]
            )
        case .outputMissing(let path): Problem(.toolFailed, "the output `\(path)` is missing from the record")
        }
    }
}

extension JournalError {
    var problem: Problem {
        switch self {
        case .full(let path): StoreError.full(path: path).problem
        case .failed(let operation, let path, let reason):
            Problem(.toolFailed, "the record `\(path)`: \(operation) failed: \(reason)")
        case .continuedElsewhere: StoreError.continuedElsewhere.problem
        }
    }
}

extension RunError {
    var problem: Problem {
        switch self {
        case .unexpected(let event, let phase):
            Problem(.toolFailed, "the event `\(event)` cannot follow here: \(phase)")
        case .unknownItem(let name): Problem(.usage, "`\(name)` is not what the run waits for")
        case .notRunnable(let name): Problem(.toolFailed, "nothing here runs the language of `\(name)`")
        case .answerNotTaken(let item, let answer, let allowed):
            Problem(
                .usage,
                "`\(item)` does not take `\(answer)`; expected \(allowed.map { "`\($0)`" }.joined(separator: ", "))"
            )
        case .decisionTooEarly(let option, let phase):
            Problem(
                .usage,
                "there is no failure to decide about with `\(option)`: \(phase)",
                advice: [
                    "`casebook resume` goes on; `casebook rollback` and `casebook resume --stop` are taken now too"
                ]
            )
        case .nothingToUndo(let remaining):
            Problem(
                .usage,
                "nothing was rolled back: no step that was started has an undo",
                advice: remaining.isEmpty
                    ? [] : ["to undo by hand: " + remaining.map { "`\($0)`" }.joined(separator: ", ")]
            )
        case .decisionNotTaken(let item, let allowed):
            Problem(
                .usage,
                "the failure of `\(item)` does not take that decision; expected \(allowed.map { "`\($0)`" }.joined(separator: ", "))"
            )
        case .advanceAnswerRefused(let item, let reason):
            Problem(.usage, "`\(item)` cannot be answered in advance: \(reason)")
        case .reasonMissing(let item): Problem(.usage, "skipping or ignoring `\(item)` needs a reason")
        }
    }
}

extension EngineError {
    var problem: Problem {
        switch self {
        case .journal(let error): error.problem
        case .session(let error, let item):
            Problem(.toolFailed, "`\(item)` was not started: \(SessionSentence.of(error))")
        case .run(let error): error.problem
        case .document(.editsOverlap(first: let first, second: let second)):
            Problem(
                .toolFailed,
                "the document was not written: two changes overlap at bytes \(first) and \(second)",
                advice: ["the record has everything; please report this"]
            )
        }
    }
}
