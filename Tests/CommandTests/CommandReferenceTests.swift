import CasebookTestSupport
import Foundation
import Testing

/// The page of commands says what the binary says of itself.
///
/// `CASEBOOK_REGENERATE=1 swift test --filter CommandReferenceTests` writes it anew, as `make docs` does.
@Suite(.timeLimit(.minutes(10))) struct CommandReferenceTests {
    private static let path = "docs/reference/commands.md"

    @Test func `the committed page is the one that make docs writes`() throws {
        let root = BuiltBinary.packageFolder
        let workspace = try Workspace()
        let written = try workspace.command(
            "\(root)/scripts/write-command-reference",
            [BuiltBinary.path, "commands.md"]
        )
        try #require(written.status == 0, "\(written.all)")
        let page = try workspace.text("commands.md")
        let file = URL(filePath: "\(root)/\(Self.path)")
        if ProcessInfo.processInfo.environment["CASEBOOK_REGENERATE"] == "1" {
            try Data(page.utf8).write(to: file)
        }
        let committed = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
        let changes = lines(page).difference(from: lines(committed)).map { change in
            switch change {
            case .remove(let offset, let line, _): "- \(offset + 1): \(line)"
            case .insert(let offset, let line, _): "+ \(offset + 1): \(line)"
            }
        }
        #expect(
            changes.isEmpty,
            "`\(Self.path)` is out of date; `make docs` writes it anew\n\(changes.joined(separator: "\n"))"
        )
    }

    @Test func `every command has its section`() throws {
        let workspace = try Workspace()
        let help = try workspace.casebook("help").output
        let names = help.matches(of: /(?m)^  ([a-z]+)  +[A-Z]/).map { String($0.1) }.filter { $0 != "help" }
        let page = try String(contentsOfFile: "\(BuiltBinary.packageFolder)/\(Self.path)", encoding: .utf8)
        let sections = page.matches(of: /(?m)^## casebook ([a-z]+)$/).map { String($0.1) }
        #expect(names.count > 5 && sections == names)
    }
}
