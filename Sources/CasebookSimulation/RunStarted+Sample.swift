package import CasebookRun

extension RunStarted {
    /// The start of a run that nothing depends on.
    package static func sample(_ mode: RunMode) -> RunStarted {
        RunStarted(
            run: RunID(text: "00000000000000000000"),
            runbook: "test.md",
            title: "Test",
            path: "test.md",
            directory: "/",
            snapshot: [],
            digest: "",
            gitCommit: nil,
            gitDirty: nil,
            host: "host",
            person: Person(login: "ann", claimedName: nil),
            toolVersion: "0",
            mode: mode,
            environment: nil,
            parameters: [],
            target: nil,
            escalation: nil
        )
    }
}
