extension RunEvent.Body {
    /// The facts, whatever their kind.
    package var fact: any RunFact {
        switch self {
        case .runStarted(let fact): fact
        case .gateOpened(let fact): fact
        case .gateAnswered(let fact): fact
        case .cellStarted(let fact): fact
        case .outputStored(let fact): fact
        case .attemptEnded(let fact): fact
        case .backgroundReady(let fact): fact
        case .backgroundEnded(let fact): fact
        case .artifactStored(let fact): fact
        case .valueGiven(let fact): fact
        case .valueLost(let fact): fact
        case .outputChecked(let fact): fact
        case .retryPlanned(let fact): fact
        case .passedOver(let fact): fact
        case .cellEnded(let fact): fact
        case .failureDecided(let fact): fact
        case .rollbackStarted(let fact): fact
        case .sessionRestored(let fact): fact
        case .documentSaved(let fact): fact
        case .documentMerged(let fact): fact
        case .documentFailed(let fact): fact
        case .noteTaken(let fact): fact
        case .paused(let fact): fact
        case .resumed(let fact): fact
        case .superseded(let fact): fact
        case .runEnded(let fact): fact
        }
    }

    /// The event's kind, as the record names it.
    package var kind: String { type(of: fact).kind }

    /// Reads the facts of one kind with the store's own decoder.
    ///
    /// - Returns: nil for a kind that this version does not know.
    package init?(kind: String, decoding decoder: any Decoder) throws {
        guard let read = Self.readers[kind] else { return nil }
        self = try read(decoder)
    }

    private static let readers: [String: @Sendable (any Decoder) throws -> Self] = [
        RunStarted.kind: { .runStarted(try RunStarted(from: $0)) },
        GateOpened.kind: { .gateOpened(try GateOpened(from: $0)) },
        GateAnswered.kind: { .gateAnswered(try GateAnswered(from: $0)) },
        CellStarted.kind: { .cellStarted(try CellStarted(from: $0)) },
        OutputStored.kind: { .outputStored(try OutputStored(from: $0)) },
        AttemptEnded.kind: { .attemptEnded(try AttemptEnded(from: $0)) },
        BackgroundReady.kind: { .backgroundReady(try BackgroundReady(from: $0)) },
        BackgroundEnded.kind: { .backgroundEnded(try BackgroundEnded(from: $0)) },
        ArtifactStored.kind: { .artifactStored(try ArtifactStored(from: $0)) },
        ValueLost.kind: { .valueLost(try ValueLost(from: $0)) },
        ValueGiven.kind: { .valueGiven(try ValueGiven(from: $0)) },
        OutputChecked.kind: { .outputChecked(try OutputChecked(from: $0)) },
        RetryPlanned.kind: { .retryPlanned(try RetryPlanned(from: $0)) },
        PassedOver.kind: { .passedOver(try PassedOver(from: $0)) },
        CellEnded.kind: { .cellEnded(try CellEnded(from: $0)) },
        RollbackStarted.kind: { .rollbackStarted(try RollbackStarted(from: $0)) },
        FailureDecided.kind: { .failureDecided(try FailureDecided(from: $0)) },
        SessionRestored.kind: { .sessionRestored(try SessionRestored(from: $0)) },
        DocumentSaved.kind: { .documentSaved(try DocumentSaved(from: $0)) },
        DocumentMerged.kind: { .documentMerged(try DocumentMerged(from: $0)) },
        DocumentFailed.kind: { .documentFailed(try DocumentFailed(from: $0)) },
        NoteTaken.kind: { .noteTaken(try NoteTaken(from: $0)) },
        Paused.kind: { .paused(try Paused(from: $0)) },
        Resumed.kind: { .resumed(try Resumed(from: $0)) },
        Superseded.kind: { .superseded(try Superseded(from: $0)) },
        RunEnded.kind: { .runEnded(try RunEnded(from: $0)) },
    ]
}
