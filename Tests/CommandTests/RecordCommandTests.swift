import CasebookTestSupport
import Foundation
import Testing

/// Commands that look for a run: what they say when there is none, more than one, or a damaged record.
@Suite(.timeLimit(.minutes(10))) struct RecordCommandTests {
    private static let looking = [["show"], ["report"], ["verify"], ["history"], ["resume", "--unattended"]]

    @Test(arguments: looking) func `without a record the command says so`(_ arguments: [String]) throws {
        let workspace = try Workspace()
        let result = try workspace.casebook(arguments)
        #expect(result.status == 2, "\(result.all)")
        #expect(
            result.errors == """
                error: there is no record at `\(workspace.store)` yet
                  `casebook run FILE` makes one; `--store DIR` names another

                """
        )
        #expect(!workspace.exists("store"), "looking makes no record")
    }

    @Test func `an unknown run and an ambiguous one are refused`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "# A\n\n```bash\ntrue\n```\n")
        for _ in 0..<2 { #expect(try workspace.casebook("run", "a.md", "--unattended").status == 0) }
        let history = try workspace.casebook("history").output
        let runs = history.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
        try #require(runs.count == 2)
        for command in [["show"], ["report"], ["verify"], ["resume", "--unattended"]] {
            let unknown = try workspace.casebook(command + ["zzz"])
            #expect(unknown.status == 2, "\(unknown.all)")
            #expect(unknown.errors == "error: no run begins with `zzz`\n  `casebook history` lists them\n")
            let ambiguous = try workspace.casebook(command + ["01"])
            #expect(ambiguous.status == 2, "\(ambiguous.all)")
            #expect(
                ambiguous.errors == """
                    error: `01` is the beginning of more than one run
                      \(runs[0])
                      \(runs[1])

                    """
            )
        }
        #expect(try workspace.casebook("show", runs[1]).output.contains("run \(runs[1]), succeeded\n"))
    }

    @Test func `a file that is no record stops everything before the first cell`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```bash\ntouch ran\n```\n")
        try FileManager.default.createDirectory(atPath: workspace.store, withIntermediateDirectories: true)
        let noise = Array(repeating: Array("no database at all\n".utf8), count: 400).flatMap(\.self)
        try workspace.write("store/record.sqlite", noise)
        for arguments in [["run", "a.md", "--unattended"], ["show"], ["history"]] {
            let result = try workspace.casebook(arguments)
            #expect(result.status == 5, "\(result.all)")
            #expect(
                result.errors.hasPrefix("error: the record `\(workspace.store)/record.sqlite` is damaged: ")
            )
        }
        #expect(!workspace.exists("ran"))
        #expect(try workspace.bytes("store/record.sqlite") == noise, "the file is left as it is")
    }

    @Test func `a record that was changed is found by verify and said in the report`() throws {
        let workspace = try Workspace()
        try workspace.writeRunbook("a.md", "```checkpoint {#g}\nok?\n```\n\n```bash\ntouch ran\n```\n")
        #expect(try workspace.casebook("run", "a.md", "--unattended").status == 3)
        #expect(try workspace.casebook("verify").status == 0)
        // The forger's own tool is a runbook of its own, with a record elsewhere.
        try workspace.write(
            "forge.md",
            """
            # Forge

            ```python
            import sqlite3
            record = sqlite3.connect("store/record.sqlite")
            record.execute("UPDATE part SET bytes = CAST('surely!' AS BLOB) WHERE name = 'text'")
            record.commit()
            ```

            """
        )
        let forged = try workspace.casebook("run", "forge.md", "--unattended", "--store", "elsewhere")
        try #require(forged.status == 0, "\(forged.all)")
        let verified = try workspace.casebook("verify")
        #expect(verified.status == 5, "\(verified.all)")
        let run = try workspace.latestRun()
        #expect(
            verified.errors == """
                error: run \(run) does not hold at event 2 (gate-opened): its part `text` was changed
                  1 event before it holds

                """
        )
        let report = try workspace.casebook("report")
        #expect(report.output.contains("does not hold; casebook verify says where"), "\(report.all)")
    }
}
