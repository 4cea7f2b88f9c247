import CasebookDocument
import Testing

/// What a cell with blanks runs when they have values; the name of a row is its code.
@Suite struct BlankFillingTests {
    private func cell(_ code: String, _ info: String = "bash") throws -> Cell {
        try #require(Runbook.read("```\(info)\n\(code)\n```\n").cells.first)
    }

    @Test(
        "a blank becomes a reference, quoted where the shell would cut it",
        arguments: [
            ("kubectl get pod <pod-name>", ["pod_name"], #"kubectl get pod "${blank_pod_name}""#),
            (
                "ping <user>@<host> -c 1 <host>", ["user", "host"],
                #"ping "${blank_user}"@"${blank_host}" -c 1 "${blank_host}""#
            ),
            ("aws s3 ls s3://YOUR_BUCKET/x", ["YOUR_BUCKET"], #"aws s3 ls s3://"${blank_YOUR_BUCKET}"/x"#),
            ("logger -t \"name: <name of it>\"", ["name_of_it"], #"logger -t "name: ${blank_name_of_it}""#),
            ("export A=[your bucket]", ["your_bucket"], #"export A="${blank_your_bucket}""#),
            ("cat <<EOF\nname: <pod>\nEOF", ["pod"], "cat <<EOF\nname: ${blank_pod}\nEOF"),
            (
                "psql -h <host> -c \"select '<pod>'\"", ["host", "pod"],
                "psql -h \"${blank_host}\" -c \"select '${blank_pod}'\""
            ),
            ("ls {pod_name} __POD__", ["pod_name", "POD"], #"ls "${blank_pod_name}" "${blank_POD}""#),
            ("ls {{ pod }} [POD]", ["pod", "POD"], #"ls "${blank_pod}" "${blank_POD}""#),
            (#"ls &lt;pod&gt; \<pod\>"#, ["pod"], #"ls "${blank_pod}" "${blank_pod}""#),
            ("mysql -pYOUR_KEY -e ''", ["YOUR_KEY"], #"mysql -p"${blank_YOUR_KEY}" -e ''"#),
            ("X=\"{pod}\"", ["pod"], #"X="${blank_pod}""#),
        ]
    )
    func filled(_ code: String, _ names: [String], _ expected: String) throws {
        let filling = try #require(try cell(code).filling)
        #expect(filling.names == names)
        #expect(String(decoding: filling.code, as: UTF8.self) == expected)
        #expect(filling.handling == .run)
    }

    @Test(
        "what a variable cannot stand for is for a person",
        arguments: [
            // Nothing is put into single quotes, into a literal here-document, or behind a dollar.
            "echo '<pod>'", "cat <<'EOF'\n<pod>\nEOF", "echo ${X:-<pod>}", "echo $<pod>",
            // Words that stand for anything.
            "PASSWORD=CHANGEME", "ls XXX", "helm install ...", "echo <name>", "ls <yes|no>",
            "X={{< param v >}}", "ls [--force]", "ls <the pod; ls", "curl x.x.x.x", "git checkout vX.Y.Z",
            // Another shell would read the value as code.
            "ssh web1 cat <file>", "bash -c \"ls <dir>\"", "eval \"ls <dir>\"",
            // It is by hand for more reasons than its blanks.
            "ssh <host>", "kubectl exec -it <pod> -- bash", "vi <file>",
        ]
    )
    func refused(_ code: String) throws { #expect(try cell(code).filling == nil) }

    @Test("Python is for a person")
    func python() throws { #expect(try cell("print(<pod>)", "python").filling == nil) }

    @Test("a blank that is filled makes no destructive cell run unasked")
    func destructive() throws {
        let reason = "`kubectl delete` deletes objects of the cluster"
        #expect(try cell("kubectl delete pod <pod>").filling?.handling == .confirm(because: reason))
        let runbook = Runbook.read("## Tear down\n\n```bash\n./go <stack>\n```\n")
        #expect(runbook.cells.first?.filling?.handling == .confirm(because: "it stands under `Tear down`"))
    }

    @Test("a cell for another place stays there, with its blanks filled or not")
    func elsewhere() {
        let runbook = Runbook.read("```bash\nssh web1\n```\n\n```bash\nls <dir>\n```\n")
        #expect(runbook.cells.last?.filling == nil)
    }

    @Test("a runbook is filled cell by cell, where every blank has a value")
    func runbook() throws {
        let runbook = Runbook.read("```bash\nls <dir>\n```\n\n```bash\nls <dir> <file>\n```\n")
        #expect(runbook.blankNames == ["dir", "file"])
        let filled = runbook.filled(["dir"])
        #expect(filled.cells.map(\.handling) == [.run, .byHand(because: "it has the blank `<dir>`")])
        let first = try #require(filled.cells.first)
        #expect(String(decoding: first.code, as: UTF8.self) == #"ls "${blank_dir}""#)
        #expect(String(decoding: first.writtenCode, as: UTF8.self) == "ls <dir>")
        #expect(filled.blankNames == ["dir", "file"])
    }

    @Test("what a filled cell sets is not asked for after it")
    func variables() {
        let text = "```bash\nexport NS=<namespace>\n```\n\n```bash\nkubectl get pods -n $NS $OTHER\n```\n"
        let runbook = Runbook.read(text)
        #expect(runbook.cells.map(\.openVariables) == [[], ["NS", "OTHER"]])
        #expect(runbook.filled(["namespace"]).cells.map(\.openVariables) == [[], ["OTHER"]])
        #expect(runbook.filled(["else"]).cells.map(\.openVariables) == [[], ["NS", "OTHER"]])
    }
}
