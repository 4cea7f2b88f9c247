import CasebookDocument
import Testing

/// One row for each rule of the tables; the name of a row is its code.
@Suite struct HandlingTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let code: String
        let expected: String
        let tag: String
        var testDescription: String { code }

        init(_ code: String, _ expected: String, tag: String = "bash") {
            self.code = code
            self.expected = expected
            self.tag = tag
        }
    }

    private func check(_ row: Row) throws {
        let runbook = Runbook.read("```\(row.tag)\n\(row.code)\n```\n")
        let cell = try #require(runbook.cells.first)
        let found =
            switch cell.handling {
            case .run: "run"
            case .confirm(let why): "confirm: \(why)"
            case .byHand(let why): "by hand: \(why)"
            case .shown(let why): "shown: \(why)"
            case .undo(let why): "undo: \(why)"
            case .check(let why): "check: \(why)"
            }
        #expect(found == row.expected)
    }

    @Test(
        "a cell keeps its language as it was written, and has an interpreter only when one runs it",
        arguments: [
            ("bash", "bash", .bash), ("SH", "SH", .sh), ("console", "console", .bash),
            ("{.python #x}", "python", .python), ("{code-block} Py3", "Py3", .python),
            ("PHP", "PHP", nil), ("sql {run=no}", "sql", nil), ("pwsh,title=x", "pwsh", nil),
            ("sqlite3", "sqlite3", Interpreter(named: "sqlite")), ("R", "R", Interpreter(named: "r")),
        ] as [(String, String, Interpreter?)]
    )
    func language(_ info: String, _ tag: String, _ interpreter: Interpreter?) throws {
        let cell = try #require(Runbook.read("```\(info)\nx\n```\n").cells.first)
        #expect(cell.language == CellLanguage(tag: tag, interpreter: interpreter))
    }

    @Test("a lone dash is no word of a heading", arguments: ["Usage -", "- Example", "Example - 2"])
    func loneDash(_ heading: String) throws {
        let cell = try #require(Runbook.read("# T\n\n## \(heading)\n\n```bash\nx\n```\n").cells.first)
        guard case .shown = cell.handling else {
            Issue.record("\(cell.handling)")
            return
        }
    }

    @Test("no blank is looked for in a language that nothing here runs")
    func otherLanguage() throws {
        let runbook = Runbook.read("```sql\nDELETE FROM t WHERE a <b AND c> 1;\n```\n")
        #expect(runbook.diagnostics.isEmpty)
        #expect(runbook.cells.map(\.handling) == [.byHand(because: "this version does not run SQL")])
    }

    @Test(
        "a blank stops a cell",
        arguments: [
            ("kubectl delete pod <pod> -n x", "<pod>"), ("ssh <user>@<host> ls", "<user>"),
            ("echo <your name here>", "<your name here>"),
            ("export A=<CLUSTER_NAME>", "<CLUSTER_NAME>"), ("curl -u \"<user>:<password>\" x", "<user>"),
            ("echo '<pod>'", "<pod>"),
            ("cat <<EOF\nname: <name>\nEOF", "<name>"), ("aws s3 ls s3://YOUR_BUCKET", "YOUR_BUCKET"),
            ("ls your-bucket", "your-bucket"),
            ("PASSWORD=CHANGEME", "CHANGEME"), ("x --token REPLACE_ME", "REPLACE_ME"),
            ("echo [your value]", "[your value]"),
            ("oc get [POD_NAME]", "[POD_NAME]"), ("echo @@HOST@@", "@@HOST@@"), ("helm install ...", "..."),
            ("ping XXX.XXX.XXX.XXX", "XXX"),
            ("ls <...>", "<...>"), ("cat <in>out", "<in>"), ("x <yes|no>", "<yes|no>"),
            ("X={{< param v >}}", "{{< param v >}}"), ("X={% v %}", "{% v %}"), ("X=<%= v %>", "<%= v %>"),
        ]
    )
    func blank(_ code: String, _ text: String) throws {
        try check(Row(code, "by hand: it has the blank `\(text)`"))
    }

    @Test(
        "what only looks like a blank runs",
        arguments: [
            "sort <in >out", "cmd <in 2>err", "cat <<EOF\nx\nEOF", "diff <(ls a) <(ls b)",
            "[[ a < b && c > d ]]", "for ((i=0;i<n;i++)); do :; done",
            "echo '<b>bold</b>'", "echo '<configuration><x>1</x></configuration>'",
            "grep -P '(?<year>\\d+)' f", "# replace <pod> first\nls",
            "echo $YOUR_TOKEN ${YOUR_KEY}", "YOUR_NAME=joe; ls", "go test ./...", "mktemp /tmp/a.XXXXXX",
            "ls [A-Z]*", "echo ${a[KEY_NAME]}",
            "test -f x && [ -d y ]", "cat > /etc/x <<EOF\n#include <stdio.h>\nEOF",
            "git commit -m x --author 'A <a@b.org>'", "wc -l <file",
            "docker ps --format '{{.Names}}'", "date +%Y{%m}",
        ]
    )
    func noBlank(_ code: String) throws { try check(Row(code, "run")) }

    @Test("`blanks=no` lifts the stop")
    func blanksAreMeant() throws { try check(Row("cat <pod>", "run", tag: "bash {blanks=no}")) }

    @Test(
        "a command that needs a person or never ends is done by hand",
        arguments: [
            ("ssh host", "`ssh` opens a shell on another machine"),
            ("sudo ssh -i key -p 22 host", "`ssh` opens a shell on another machine"),
            ("kubectl -n x exec -it pod -- sh", "`kubectl exec` opens a shell in a container"),
            ("docker run -it a", "`docker run` opens a shell in a container"),
            ("psql -h db", "`psql` opens a database console"),
            ("sqlite3 a.db", "`sqlite3` opens a database console"), ("python3", "`python3` opens a console"),
            ("sudo -i", "`sudo` opens a shell as another user"), ("vim /etc/hosts", "`vim` opens an editor"),
            ("kubectl edit cm x", "`kubectl edit` opens an editor"),
            ("crontab -e", "`crontab` opens an editor"), ("journalctl | less", "`less` opens a pager"),
            ("top", "`top` fills the screen until it is quit"),
            ("watch kubectl get pods", "`watch` runs until it is stopped"),
            ("tail -f x", "`tail` follows a file and never ends"),
            ("kubectl logs -f pod", "`kubectl logs` follows a log and never ends"),
            ("kubectl get pods -w", "`kubectl get` watches and never ends"),
            ("if true; then top; fi", "`top` fills the screen until it is quit"),
            ("X=1 /usr/bin/top", "`top` fills the screen until it is quit"),
        ]
    )
    func byHand(_ code: String, _ why: String) throws { try check(Row(code, "by hand: \(why)")) }

    @Test(
        "the same command in a form that ends by itself runs",
        arguments: [
            "ssh host uptime", "ssh host <<EOF\nuptime\nEOF", "echo ls | ssh host", "kubectl exec pod -- ls",
            "psql -c 'select 1'", "psql < a.sql",
            "echo 'select 1' | psql", "sqlite3 a.db 'select 1'", "python3 x.py", "top -b -n 1",
            "timeout 5 tail -f x", "tail -f x &",
            "kubectl port-forward svc/x 80:80 &", "kubectl logs --tail=50 pod", "echo 'vim is an editor'",
            "ping -c 3 host", "# top\nls", "su -c ls postgres",
        ]
    )
    func ends(_ code: String) throws { try check(Row(code, "run")) }

    @Test(
        "a destructive cell asks first",
        arguments: [
            ("rm -rf /srv/x", "`rm` deletes files without asking"),
            ("sudo rm -f x", "`rm` deletes files without asking"),
            ("kubectl delete pod x", "`kubectl delete` deletes objects of the cluster"),
            ("mkfs.ext4 /dev/x", "`mkfs.ext4` makes a new file system"),
            ("dd if=a of=/dev/x", "`dd` overwrites a file or a disk"),
            ("terraform destroy -auto-approve", "`terraform destroy` destroys infrastructure"),
            ("systemctl reboot", "`systemctl reboot` restarts the machine"),
            ("git push --force", "`git push` rewrites a remote branch"),
            ("aws ec2 terminate-instances", "`aws terminate-instances` ends instances"),
            ("psql -c 'DROP TABLE users'", "it holds `drop table`"),
            ("find . -name x -delete", "`find` deletes files"),
            ("ls | xargs rm -f", "`rm` deletes files without asking"),
            ("echo \"a $(rm -rf y) b\"", "`rm` deletes files without asking"),
            ("x=$(rm -rf y)", "`rm` deletes files without asking"),
        ]
    )
    func destructive(_ code: String, _ why: String) throws { try check(Row(code, "confirm: \(why)")) }

    @Test(
        "attributes decide before the tables",
        arguments: [
            Row("rm -rf x", "run", tag: "bash {confirm=no}"),
            Row("ls", "confirm: it says `confirm`", tag: "bash {confirm}"),
            Row("ls", "shown: it says `run=no`", tag: "bash {run=no}"),
            Row("ls", "undo: it undoes `x`", tag: "bash {undoes=x}"),
            Row("rm <x>", "shown: it says `run=no`", tag: "bash {run=no}"),
            Row("# only a comment", "shown: it holds no command"),
            Row("", "shown: it holds no command"), Row("print(1)", "run", tag: "python3"),
            Row("ls", "by hand: this version does not run PowerShell", tag: "powershell"),
            Row("select 1;", "run", tag: "sqlite"), Row("select 1;", "run", tag: "psql"),
            Row("-- nothing", "shown: it holds no command", tag: "psql"),
            Row("DROP TABLE t;", "confirm: it holds `drop table`", tag: "psql"),
            Row("orders=# select 1;", "by hand: it is a session in `orders=#`", tag: "psql"),
            Row("sqlite> select 1;", "by hand: it is a session in `sqlite>`", tag: "sqlite"),
            Row("ls", "run", tag: "BASH"), Row("ls", "run", tag: "{code-block} bash"),
            Row("ls", "run", tag: "bash,title=x"), Row("ls", "run", tag: "{.bash #x}"),
        ]
    )
    func attributes(_ row: Row) throws { try check(row) }

    @Test(
        "prompts split code from recorded output, and keep the lines",
        arguments: [
            ("$ ls\na b\n$ cat x \\\n  y\nout", "ls\n\ncat x \\\n  y\n"), ("  $ ls\n  out", "ls\n"),
            ("ls\ncat x", "ls\ncat x"),
            ("$ cat <<EOF\nbody\nEOF\nout", "cat <<EOF\nbody\nEOF\n"),
            ("$ echo 'a\nb'\nout", "echo 'a\nb'\n"),
            ("$ for x in a; do\n> echo $x\n> done\nout", "for x in a; do\necho $x\ndone\n"),
            ("# note\n$ ls", "\nls"),
        ]
    )
    func prompts(_ body: String, _ code: String) throws {
        let runbook = Runbook.read("```console\n\(body)\n```\n")
        #expect(String(decoding: try #require(runbook.cells.first).code, as: UTF8.self) == code)
    }

    @Test(
        "a session somewhere else is done by hand",
        arguments: [
            ("# systemctl restart x", "its only prompt is the `# ` of a root shell, before `systemctl`"),
            ("mysql> select 1;", "it is a session in `mysql>`"),
            ("pgbouncer=# show databases;", "it is a session in `pgbouncer=#`"),
            ("root@host:~# ls", "it is a session in `root@host:~#`"),
            ("sh-5.1$ ls", "it is a session in `sh-5.1$`"),
        ]
    )
    func elsewhere(_ code: String, _ why: String) throws {
        try check(Row(code, "by hand: \(why)", tag: "console"))
    }
}
