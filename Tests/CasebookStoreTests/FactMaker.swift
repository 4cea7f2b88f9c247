import CasebookDocument
import CasebookRun
import CasebookSimulation

/// Makes facts of any kind with awkward values.
struct FactMaker {
    var generator: SeededGenerator

    mutating func body(_ kind: Int) -> RunEvent.Body {
        switch kind {
        case 0:
            guard case .runStarted(var fact) = Sample.start().body else { return .paused(Paused(reason: "")) }
            fact.snapshot = bytes()
            fact.gitDirty = flag() ? flag() : nil
            fact.gitCommit = flag() ? text() : nil
            fact.target = flag() ? text() : nil
            fact.parameters = texts().map {
                ParameterValue(name: $0, value: flag() ? text() : nil, origin: .prompted)
            }
            return .runStarted(fact)
        case 1: return .gateOpened(GateOpened(item: item(), text: text()))
        case 2:
            return .gateAnswered(
                GateAnswered(
                    item: item(),
                    answer: text(),
                    note: maybe(),
                    person: person(),
                    isInAdvance: flag()
                )
            )
        case 3: return .cellStarted(CellStarted(item: item(), attempt: number(), session: text()))
        case 4: return .outputStored(OutputStored(item: item(), attempt: number(), output: output()))
        case 5:
            return .attemptEnded(
                AttemptEnded(
                    item: item(),
                    attempt: number(),
                    end: flag() ? end() : nil,
                    notes: texts(),
                    survivors: texts(),
                    state: flag() ? SavedState(restoreCode: bytes(), lost: texts()) : nil
                )
            )
        case 6: return .cellEnded(CellEnded(item: item(), outcome: outcome()))
        case 7:
            return .failureDecided(
                FailureDecided(
                    item: item(),
                    decision: flag() ? .retry : .skip,
                    reason: maybe(),
                    person: person()
                )
            )
        case 8: return .sessionRestored(SessionRestored(session: text(), lost: texts()))
        case 9: return .documentSaved(DocumentSaved(path: text()))
        case 10: return .documentMerged(DocumentMerged(path: text(), leftOut: texts().map { ItemID($0) }))
        case 11: return .documentFailed(DocumentFailed(path: text(), reason: text()))
        case 12: return .noteTaken(NoteTaken(text: text(), person: person()))
        case 13: return .paused(Paused(reason: text()))
        case 14:
            return .resumed(
                Resumed(person: person(), host: text(), mode: flag() ? .interactive : .unattended)
            )
        case 16:
            return .outputChecked(
                OutputChecked(item: item(), attempt: number(), problems: texts(), difference: maybe())
            )
        case 17:
            return .retryPlanned(RetryPlanned(item: item(), attempt: number(), delayMilliseconds: number()))
        case 18: return .passedOver(PassedOver(item: item(), condition: text()))
        case 19: return .valueGiven(ValueGiven(item: item(), attempt: number(), name: text(), value: maybe()))
        case 20:
            return .rollbackStarted(
                RollbackStarted(
                    undoes: texts().map { ItemID($0) },
                    remaining: texts().map { ItemID($0) },
                    stopsAt: flag() ? item() : nil,
                    person: flag() ? person() : nil
                )
            )
        case 21: return .valueLost(ValueLost(name: text()))
        case 22: return .backgroundReady(BackgroundReady(item: item(), attempt: number()))
        case 23:
            return .backgroundEnded(
                BackgroundEnded(
                    item: item(),
                    attempt: number(),
                    end: flag() ? end() : nil,
                    notes: texts(),
                    survivors: texts()
                )
            )
        case 24:
            return .artifactStored(
                ArtifactStored(
                    item: item(),
                    attempt: number(),
                    path: text(),
                    digest: maybe(),
                    content: output()
                )
            )
        case 15: return .superseded(Superseded(by: RunID(text: text())))
        default:
            return .runEnded(
                RunEnded(outcome: RunOutcome.allCases.randomElement(using: &generator) ?? .failed)
            )
        }
    }

    private mutating func flag() -> Bool { Bool.random(using: &generator) }
    private mutating func number() -> Int { Int.random(in: -5...1_000_000, using: &generator) }
    private mutating func maybe() -> String? { flag() ? text() : nil }
    private mutating func item() -> ItemID { ItemID(text()) }
    private mutating func person() -> Person { Person(login: text(), claimedName: maybe()) }

    private mutating func text() -> String {
        let pieces = [
            "", "a", "true", "null", "12", "\"", "\\", "\n", "\0", "é", "👩‍🚒", "[removed]", "{}", "/",
            "\u{202E}",
        ]
        return (0..<Int.random(in: 0...4, using: &generator)).map { _ in
            pieces.randomElement(using: &generator) ?? ""
        }
        .joined()
    }

    private mutating func texts() -> [String] {
        (0..<Int.random(in: 0...3, using: &generator)).map { _ in text() }
    }

    private mutating func bytes() -> [UInt8] {
        (0..<Int.random(in: 0...40, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
    }

    private mutating func end() -> CellEnd {
        let number = Int32.random(in: 0...255, using: &generator)
        let ends: [CellEnd] = [
            .exited(status: number), .killed(signal: number), .timedOut, .stopped,
            .sessionLost(reason: text()), .unexpected(problems: texts()),
        ]
        return ends.randomElement(using: &generator) ?? .stopped
    }

    private mutating func outcome() -> ItemOutcome {
        let outcomes: [ItemOutcome] = [
            .succeeded, .failed(end()), .failedWithWarning(end()), .unknown, .skipped(reason: text()),
            .answered(word: text()), .notPlanned, .ignored(reason: text()),
        ]
        return outcomes.randomElement(using: &generator) ?? .unknown
    }

    private mutating func output() -> StoredOutput {
        let places: [StoredOutput.Place] = [.inline(bytes()), .lost(reason: text())]
        let place = places.randomElement(using: &generator) ?? .inline([])
        if case .inline(let bytes) = place { return StoredOutput(place: place, byteCount: bytes.count) }
        return StoredOutput(place: place, byteCount: number())
    }
}
