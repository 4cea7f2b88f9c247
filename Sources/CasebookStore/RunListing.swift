package import CasebookRun

/// One run as listings show it: a fold of its events that the record keeps up to date.
package struct RunListing: Hashable, Sendable {
    /// Where a run stands.
    ///
    /// running -> paused, waitingAtFailure, ended; paused and waitingAtFailure -> running, ended; ended is final.
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Its process is at work, or was when it died: see ``RecordStore/lockHolder(runbook:environment:)``.
        case running
        case paused
        case waitingAtFailure = "waiting at failure"
        case ended
    }

    package let run: RunID
    package let format: Int
    package let runbook: String
    package let title: String
    package let path: String
    package let environment: String?
    package let host: String
    /// Who started it.
    package let person: Person
    package let mode: RunMode
    /// SHA-256 of the snapshot, in hexadecimal.
    package let digest: String
    package let started: Timestamp

    package internal(set) var lastTime: Timestamp
    package internal(set) var eventCount: Int
    /// The hash of the last event.
    package internal(set) var head: Digest
    package internal(set) var state: State
    /// Why it is paused.
    package internal(set) var reason: String?
    package internal(set) var outcome: RunOutcome?
}

extension RunListing {
    /// The listing of a run of which nothing but the start is known.
    init(_ fact: RunStarted, at time: Timestamp) {
        self.init(
            run: fact.run,
            format: fact.format,
            runbook: fact.runbook,
            title: fact.title,
            path: fact.path,
            environment: fact.environment,
            host: fact.host,
            person: fact.person,
            mode: fact.mode,
            digest: fact.digest,
            started: time,
            lastTime: time,
            eventCount: 0,
            head: .none,
            state: .running
        )
    }

    /// Takes one event that follows in the chain.
    mutating func apply(_ body: RunEvent.Body?, at time: Timestamp, hash: Digest) {
        lastTime = time
        eventCount += 1
        head = hash
        guard let body, state != .ended else { return }
        switch body {
        case .cellEnded(let fact):
            if fact.outcome.needsDecision { state = .waitingAtFailure }
        case .attemptEnded(let fact):
            if fact.end == nil { state = .waitingAtFailure }
        case .failureDecided, .cellStarted, .gateOpened:
            state = .running
            reason = nil
        case .paused(let fact):
            reason = fact.reason
            if state == .running { state = .paused }
        case .resumed:
            reason = nil
            if state == .paused { state = .running }
        case .superseded:
            state = .ended
            reason = nil
            outcome = .superseded
        case .runEnded(let fact):
            state = .ended
            reason = nil
            outcome = fact.outcome
        default: break
        }
    }
}

extension ItemOutcome {
    fileprivate var needsDecision: Bool {
        switch self {
        case .failed, .unknown: true
        default: false
        }
    }
}
