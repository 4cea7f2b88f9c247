import CasebookTestSupport
import Foundation
import Glibc
import Testing

/// What a run takes from the machine while it goes on; what is left of it is looked at after every test here.
@Suite(.timeLimit(.minutes(10))) struct LeakTests {
    @Test func `sessions that are replaced, die and end take no descriptor for good`() throws {
        let workspace = try Workspace()
        let count = "ls /proc/$(ps -o ppid= -p $PPID | tr -d ' ')/fd | wc -l > "
        let cells = (0..<12).map { number in
            "```bash\nexit 0\n```\n\n```bash {required=no effect=repeatable confirm=no}\nkill -9 $$\n```\n\n"
                + "```bash {#up\(number) background ready=up required=no}\necho up\nexit 1\n```\n\n"
                + "```bash {tty}\ntrue\n```\n\n```bash {required=no capture=V\(number)}\nhead -c 300000 /dev/zero | tr '\\0' x\n```\n"
        }
        try workspace.write(
            "a.md",
            "```bash\n\(count)before\n```\n\n\(cells.joined(separator: "\n"))\n```bash\n\(count)after\n```\n"
        )
        let run = try workspace.casebook("run", "a.md", "--unattended", "--no-write")
        #expect(run.status == 0 || run.status == 7, "\(run.all)")
        let before = try #require(Int(try workspace.text("before").filter(\.isNumber)))
        let after = try #require(Int(try workspace.text("after").filter(\.isNumber)))
        // One more may be open at the moment: a pipe or a file that somebody else reads.
        #expect(before > 5, "the search finds descriptors")
        #expect(after <= before + 1, "\(before) before, \(after) after")
    }

    @Test func `what is left behind is found`() throws {
        let workspace = try Workspace()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sleep")
        process.arguments = ["300"]
        process.environment = workspace.baseEnvironment
        try process.run()
        let folder = try #require(workspace.baseEnvironment["XDG_RUNTIME_DIR"])
        try Data().write(to: URL(fileURLWithPath: "\(folder)/file"))
        // The process has just been started.
        #expect(workspace.wait { workspace.leftovers(within: 0).count == 2 })
        let left = workspace.leftovers(within: 0)
        #expect(left.first == "file")
        #expect(left.last == "process \(process.processIdentifier)")
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try FileManager.default.removeItem(atPath: "\(folder)/file")
        #expect(workspace.leftovers(within: 20).isEmpty)
    }
}
