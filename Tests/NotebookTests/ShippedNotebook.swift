import Testing

/// One runbook of `notebooks/`, and how it is run without anybody at the keyboard.
struct ShippedNotebook: CustomTestStringConvertible {
    let name: String
    /// What the command line says besides the usual: parameters, the environment.
    var arguments: [String] = []
    /// The answers that are given in advance, in the order of their gates.
    var decisions: [String] = []

    var testDescription: String { name }

    /// Stands in an argument for the test's own temporary directory.
    static let temporary = "{temporary}"

    static let all: [ShippedNotebook] = [
        ShippedNotebook(name: "backup-and-restore", decisions: ["restore-verified=proceed"]),
        ShippedNotebook(
            name: "collect-logs",
            arguments: ["-p", "workdir=\(temporary)/logs"],
            decisions: ["handed-over=proceed:told to the review team"]
        ),
        ShippedNotebook(name: "disk-filling-up", decisions: ["remove-old-logs=proceed:seen by the owners"]),
        ShippedNotebook(name: "fail-over-a-database", arguments: ["-p", "workdir=\(temporary)/failover"]),
        ShippedNotebook(
            name: "ops07-plain-template",
            decisions: [
                "steps-1=done", "steps-2=done", "steps-3=done", "steps-4=done",
                "steps-5=does-not-apply", "steps-6=done:sent to the channel",
            ]
        ),
        ShippedNotebook(
            name: "refresh-test-database",
            arguments: ["--environment", "integration"],
            decisions: ["no-personal-data=proceed"]
        ),
        ShippedNotebook(
            name: "restart-web-server",
            decisions: ["traffic-drained=proceed", "back-in-service=proceed"]
        ),
    ]

    /// The whole command line after `casebook`.
    func commandLine(output: String, temporary: String) -> [String] {
        ["run", "\(name).md", "--unattended", "--as", "ci", "-o", output]
            + arguments.map { $0.replacing(Self.temporary, with: temporary) }
            + decisions.flatMap { ["--decide", $0] }
    }
}
