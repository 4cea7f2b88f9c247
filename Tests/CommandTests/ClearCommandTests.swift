import CasebookTestSupport
import Foundation
import Testing

/// `clear` in files, in a pipe, and as Git's clean filter.
@Suite(.timeLimit(.minutes(10))) struct ClearCommandTests {
    private static let text =
        "# C\n\n```bash {#a}\necho said\n```\n\n- [ ] Look.\n\n```output\nthe author's own\n```\n"

    @Test func `check says what there is to clear and changes nothing`() throws {
        let workspace = try Workspace()
        try workspace.write("c.md", Self.text)
        #expect(try workspace.casebook("clear", "--check", "c.md").status == 0)
        let run = try workspace.casebook("run", "c.md", "--unattended", "--decide", "step-2=done")
        #expect(run.status == 0, "\(run.all)")
        #expect(try workspace.text("c.md").contains("- [x] <!-- casebook --> Look.\n"))
        let executed = try workspace.bytes("c.md")
        let check = try workspace.casebook("clear", "--check", "c.md")
        #expect(check.status == 1, "\(check.all)")
        #expect(check.output.hasPrefix("c.md: "), "\(check.all)")
        #expect(try workspace.bytes("c.md") == executed)
        let piped = try workspace.casebook("clear", "-", input: workspace.text("c.md"))
        #expect(piped.status == 0, "\(piped.all)")
        #expect(piped.output == Self.text)
        #expect(try workspace.casebook("clear", "--check", "-", input: workspace.text("c.md")).status == 1)
        #expect(try workspace.casebook("clear", "c.md").status == 0)
        #expect(try workspace.text("c.md") == Self.text)
        #expect(try workspace.casebook("clear", "--check", "c.md").status == 0)
    }

    @Test func `as a clean filter it keeps outputs out of a Git repository`() throws {
        let workspace = try Workspace()
        try workspace.write("c.md", "# C\n\n```bash\necho said\n```\n")
        try workspace.write(
            "git.sh",
            """
            set -eu
            export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
            git init -q clone && cd clone
            git config user.name t && git config user.email t@example.com
            git config filter.casebook.clean "'\(BuiltBinary.path)' clear -"
            git config filter.casebook.required true
            echo '*.md filter=casebook' >.gitattributes
            cp ../c.md . && git add -A && git commit -q -m one
            '\(BuiltBinary.path)' run c.md --unattended >/dev/null
            grep -q '^said' c.md
            git add c.md
            git status --porcelain
            git show :c.md | cmp - ../c.md
            echo same
            """
        )
        try workspace.write("do.md", "# D\n\n```sh\nsh ./git.sh\n```\n")
        let result = try workspace.casebook("run", "do.md", "--unattended", "--no-write")
        #expect(result.status == 0, "\(result.all)")
        #expect(result.output.contains("do.md:3\nsame\n  ✓"), "the index never sees an output: \(result.all)")
    }
}
