import CasebookTestSupport
import Foundation
import Testing

/// `check`: what it prints, what it mends, and how it ends.
@Suite(.timeLimit(.minutes(10))) struct CheckCommandTests {
    private static let matter = "---\nowner: a\nescalation: b\n---\n\n"
    private static let slip = matter + "```bash {timout=5m}\r\ntrue \\ \r\n -x\r\n```"

    @Test func `warnings change the exit status only when asked to`() throws {
        let workspace = try Workspace()
        try workspace.write("slip.md", Self.slip)
        try workspace.write("plain.md", "```bash\ntrue\n```\n")
        try workspace.write("wrong.md", "```bash {timeout=x}\ntrue\n```\n")
        #expect(try workspace.casebook("check", "slip.md").status == 0)
        #expect(try workspace.casebook("check", "--strict", "slip.md").status == 2)
        #expect(try workspace.casebook("check", "--strict", "plain.md").status == 0, "advice is no warning")
        #expect(try workspace.casebook("check", "wrong.md").status == 2)
    }

    @Test func `fix mends what is certain, says so, and keeps every other byte`() throws {
        let workspace = try Workspace()
        try workspace.write("slip.md", Self.slip)
        let looked = try workspace.casebook("check", "slip.md")
        #expect(looked.output.hasSuffix("`--fix` mends 2 of these\n"), "\(looked.all)")
        #expect(try workspace.text("slip.md") == Self.slip)
        let fixed = try workspace.casebook("check", "--fix", "slip.md")
        #expect(fixed.status == 0, "\(fixed.all)")
        #expect(
            fixed.output == """
                slip.md:6: fixed: write `timeout` [attribute-unknown]
                slip.md:7: fixed: remove the white space after it [continuation-broken]

                """
        )
        #expect(
            try workspace.text("slip.md") == Self.matter + "```bash {timeout=5m}\r\ntrue \\\r\n -x\r\n```"
        )
        let again = try workspace.casebook("check", "--fix", "slip.md")
        #expect(again.output.isEmpty && again.status == 0, "\(again.all)")
    }

    @Test func `a file that cannot be written is named and keeps no other from its turn`() throws {
        let workspace = try Workspace()
        let target = try workspace.write("locked.md", Self.slip)
        try workspace.write("slip.md", Self.slip)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: target)
        let result = try workspace.casebook("check", "--fix", "missing.md", "locked.md", "slip.md")
        #expect(result.status == 2, "\(result.all)")
        #expect(try workspace.text("slip.md").contains("timeout"))
        // Whoever may write everything is not kept out by a mode.
        if geteuid() != 0 { #expect(try workspace.text("locked.md") == Self.slip) }
    }

    @Test func `JSON is one array over all files, also when one cannot be read`() throws {
        let workspace = try Workspace()
        try workspace.write("slip.md", Self.slip)
        try workspace.write("plain.md", Self.matter)
        let result = try workspace.casebook("check", "--json", "slip.md", "missing.md", "plain.md")
        #expect(result.status == 2, "\(result.all)")
        let records = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]]
        )
        #expect(records.count == 2)
        for record in records {
            #expect(
                record.keys.sorted() == [
                    "advice", "code", "column", "end", "file", "fixes", "line", "message", "notes",
                    "severity",
                ]
            )
        }
        let mended = try workspace.casebook("check", "--json", "--fix", "slip.md")
        #expect(mended.output == "[\n\n]\n", "\(mended.all)")
        #expect(mended.errors.contains("fixed: write `timeout`"))
    }

    @Test func `a run does not print advice`() throws {
        let workspace = try Workspace()
        try workspace.write("plain.md", "```bash\ntrue\n```\n")
        #expect(try workspace.casebook("check", "plain.md").output.contains("advice: "))
        let run = try workspace.casebook("run", "plain.md", "--unattended", "--no-write")
        #expect(run.status == 0 && !run.all.contains("advice: "), "\(run.all)")
    }
}
