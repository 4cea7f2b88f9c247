import CasebookTestSupport
import Foundation
import Testing

/// Folders that cannot be written and disks that are full: the outputs and the record stay whole.
@Suite(.timeLimit(.minutes(10))) struct DiskTests {
    @Test func `a document in a read-only directory is run, and the record has its outputs`() throws {
        let workspace = try Workspace()
        try workspace.write("a.md", "---\nescalation: \"#oncall\"\n---\n\n```bash {#say}\necho said\n```\n")
        let before = try workspace.bytes("a.md")
        guard let user = try OtherUser(readOnly: workspace) else { return }
        let result = try user.casebook("run", "a.md", "--unattended", "--store", "\(user.writable)/store")
        #expect(result.status == 0, "\(result.all)")
        #expect(
            result.errors == """
                warning: the document was not saved; the record has everything
                  `a.md`: write is not permitted; check its owner and mode, or write to a copy with `-o FILE`

                """
        )
        #expect(try workspace.bytes("a.md") == before)
        let shown = try user.casebook("show", "--output", "say", "--store", "\(user.writable)/store")
        #expect(shown.output == "said\n", "\(shown.all)")
        let copy = try user.casebook(
            "run",
            "a.md",
            "--unattended",
            "-o",
            "\(user.writable)/copy.md",
            "--store",
            "\(user.writable)/store"
        )
        #expect(copy.status == 0, "\(copy.all)")
        #expect(copy.errors.isEmpty)
        #expect(
            try String(contentsOfFile: "\(user.writable)/copy.md", encoding: .utf8).contains(
                "```output {casebook exit=0}\nsaid\n"
            )
        )
    }

    @Test func `a record that cannot be made stops the run before its first cell`() throws {
        let workspace = try Workspace()
        try workspace.write(
            "a.md",
            "---\nescalation: \"#oncall\"\n---\n\n```bash {#say}\ntouch \(workspace.path)/ran\n```\n"
        )
        guard let user = try OtherUser(readOnly: workspace) else { return }
        let result = try user.casebook("run", "a.md", "--unattended")
        #expect(result.status == 5, "\(result.all)")
        #expect(
            result.errors == """
                error: the record `\(workspace.store)`: make the directory is not permitted
                  check its owner and mode, or name another with `--store DIR`
                  escalation contact: #oncall

                """
        )
        #expect(!workspace.exists("ran"))
    }

    @Test func `a document on a full disk stays whole, and the record has its outputs`() throws {
        let workspace = try Workspace()
        guard let disk = try SmallDisk(in: workspace, kilobytes: 256) else { return }
        let text =
            "---\nescalation: \"#oncall\"\n---\n\n```bash {#fill}\ncat /dev/zero >fill 2>/dev/null || echo filled\n```\n"
        try workspace.write("disk/a.md", text)
        let result = try workspace.casebook("run", "disk/a.md", "--unattended")
        #expect(result.status == 0, "\(result.all)")
        #expect(
            result.errors == """
                warning: the document was not saved; the record has everything
                  `disk/a.md` was left as it was because the disk is full; make room, or write elsewhere with `-o FILE`

                """
        )
        #expect(try workspace.text("disk/a.md") == text)
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).sorted() == ["a.md", "fill"])
        #expect(try workspace.casebook("show", "--output", "fill").output == "filled\n")
    }

    @Test func `on a full disk of the record no further cell starts, and what is left to do is said`() throws
    {
        let workspace = try Workspace()
        guard let disk = try SmallDisk(in: workspace, kilobytes: 4096) else { return }
        try workspace.writeRunbook(
            "a.md",
            """
            ```bash {#first}
            echo first >>log
            ```

            ```bash {#fill}
            cat /dev/zero >disk/fill 2>/dev/null || echo filled >>log
            ```

            ```bash {#never}
            echo never >>log
            ```

            ```bash {#last}
            echo last >>log
            ```

            """
        )
        let before = try workspace.bytes("a.md")
        let result = try workspace.casebook("run", "a.md", "--unattended", "--store", "\(disk.path)/store")
        let run = try #require(result.output.firstMatch(of: /run (01[0-9a-z]+)/)).1
        #expect(result.status == 5, "\(result.all)")
        #expect(
            result.errors == """
                error: the disk of the record `\(disk.path)/store/record.sqlite` is full: nothing further was started
                  make room
                  succeeded: first
                  succeeded: fill
                  not reached: never
                  not reached: last
                  go on with `casebook resume \(run) --store '\(disk.path)/store'` when it is mended
                  escalation contact: #oncall

                """
        )
        #expect(try workspace.text("log") == "first\nfilled\n")
        let shown = try workspace.casebook("show", "--store", "\(disk.path)/store")
        #expect(
            shown.output.contains("fill   succeeded"),
            "the end of the cell is in the record: \(shown.all)"
        )
        #expect(try workspace.casebook("verify", "--store", "\(disk.path)/store").status == 0)
        try FileManager.default.removeItem(atPath: "\(disk.path)/fill")
        let resumed = try workspace.casebook("resume", "--unattended", "--store", "\(disk.path)/store")
        #expect(resumed.status == 0, "\(resumed.all)")
        #expect(try workspace.text("log") == "first\nfilled\nnever\nlast\n")
        #expect(try workspace.casebook("clear", "a.md").status == 0)
        #expect(try workspace.bytes("a.md") == before)
    }
}
