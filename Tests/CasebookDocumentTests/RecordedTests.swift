import CasebookDocument
import Testing

/// Blocks that are tagged as code and hold none; one row for each rule about their first line and their prompts.
@Suite("what is recorded, and no code")
struct RecordedTests {
    static func handling(of text: String) throws -> String {
        let cell = try #require(Runbook.read(text).cells.first)
        switch cell.handling {
        case .run: return "run"
        case .confirm(let why): return "confirm: \(why)"
        case .byHand(let why): return "by hand: \(why)"
        case .shown(let why): return "shown: \(why)"
        case .undo(let why): return "undo: \(why)"
        case .check(let why): return "check: \(why)"
        }
    }

    @Test(
        "a first line that cannot be a command is only shown",
        arguments: [
            ("https://example.org/a?b=${C}&d=e", "it is an address, and no command"),
            ("git+https://example.org/x@abc", "it is an address, and no command"),
            ("GET /health", "it is a request, and no command"),
            ("POST ${URL}", "it is a request, and no command"),
            ("DELETE https://example.org/x", "it is a request, and no command"),
            (
                "NAME   READY   STATUS\na      1/1     Up",
                "it looks like recorded output: it begins with the head of a table"
            ),
            (
                "LAST SEEN   TYPE   REASON",
                "it looks like recorded output: it begins with the head of a table"
            ),
            ("Error: it broke", "it looks like recorded output: it begins with `Error:`"),
            ("Status:\n  Ready: true", "it looks like recorded output: it begins with `Status:`"),
            ("I1126 17:15:38.99 3069 a.go:2] x", "it looks like recorded output: it begins with a time"),
            ("2024-06-20T17:56:33.9Z x", "it looks like recorded output: it begins with a time"),
            ("[2024-06-20 17:56:33] x", "it looks like recorded output: it begins with a time"),
            ("Nov  6 17:15:38 host x", "it looks like recorded output: it begins with a time"),
            (
                "time=\"2024-06-20\" level=info",
                "it looks like recorded output: it begins with a line of a log"
            ),
            ("-----BEGIN CERTIFICATE-----\nx", "it is a key or a certificate"),
            ("/* a hint */", "it is a comment, and no command"),
            ("├── a\n└── b", "it looks like recorded output"),
            ("+----+\n| a  |", "it looks like recorded output"),
            ("{\n  \"a\": 1\n}", "it is data, and no command"),
            ("[{\"a\": 1}]", "it is data, and no command"),
            ("Now you can look at the page of the service.", "it is a sentence, and no command"),
            ("/usr/local/x/bin", "it is a directory, and no command"),
            ("/srv/data/", "it is a directory, and no command"),
            ("* Connected to x\n> GET / HTTP/1.1\n< HTTP/1.1 200 OK", "it looks like recorded output"),
            ("> GET / HTTP/1.1\n> Host: x", "it looks like recorded output"),
            ("< HTTP/1.1 200 OK\n< server: x", "it looks like recorded output"),
            ("* * * * * /usr/bin/backup", "it is data, and no command"),
            ("*/5 * * * * /usr/bin/backup", "it is data, and no command"),
            ("# comes first\nError: it broke", "it looks like recorded output: it begins with `Error:`"),
        ]
    )
    func firstLine(_ code: String, _ why: String) throws {
        #expect(try Self.handling(of: "```bash\n\(code)\n```\n") == "shown: \(why)")
    }

    @Test("a sample of Markdown is only shown")
    func markdown() throws {
        #expect(
            try Self.handling(of: "````sh\n```sh {name=x}\nls\n```\n````\n") == "shown: it shows Markdown"
        )
    }

    @Test("a fence in a block shows Markdown, but for one in a here-document")
    func laterFence() throws {
        let text = "Don't do this\n\n```sh\nls\n```"
        #expect(try Self.handling(of: "````sh\n\(text)\n````\n") == "shown: it shows Markdown")
        #expect(try Self.handling(of: "````sh\ncat > a.md <<EOF\n```\nEOF\n````\n") == "run")
    }

    @Test(
        "what Python cannot mean is only shown",
        arguments: [
            (
                "Traceback (most recent call last):",
                "it looks like recorded output: it begins with `Traceback`"
            ),
            ("2024-06-20 17:56:33 x", "it looks like recorded output: it begins with a time"),
        ]
    )
    func python(_ code: String, _ why: String) throws {
        #expect(try Self.handling(of: "```python\n\(code)\n```\n") == "shown: \(why)")
    }

    @Test(
        "a command that only looks unlikely runs",
        arguments: [
            "curl https://example.org/a", "HEAD=1", "/usr/bin/uptime", "/etc/init.d/x status", "{ ls; }",
            "{\nls\n}",
            "[ -f x ] && ls", "Rscript x.R", "X=1 Y=2  Z=3 ls", "NAME=x", ": > file", "GET=1 ls",
            "MAKE  A=1", "echo A  B  C", "[[ -f x ]]",
        ]
    )
    func commands(_ code: String) throws {
        #expect(try Self.handling(of: "```bash\n\(code)\n```\n") == "run")
    }

    @Test("`run=yes` says that it is code")
    func said() throws {
        #expect(try Self.handling(of: "```bash {run=yes}\n/srv/data/\n```\n") == "run")
    }

    private func code(_ body: String) throws -> String {
        String(
            decoding: try #require(Runbook.read("```bash\n\(body)\n```\n").cells.first).code,
            as: UTF8.self
        )
    }

    @Test("the head of a table after commands starts their output")
    func table() throws {
        let body = "kubectl get nodes\nNAME   STATUS   ROLES\na      <none>   x"
        #expect(try code(body) == "kubectl get nodes\n\n")
        #expect(try Self.handling(of: "```bash\n\(body)\n```\n") == "run")
        let here = "cat <<EOF\nNAME   STATUS   ROLES\nEOF\nls"
        #expect(try code(here) == here)
    }

    @Test("commands and output by turns are done by hand")
    func turns() throws {
        let body = "```bash\nkubectl get nodes\nNAME   STATUS   ROLES\nkubectl get pods\n```\n"
        #expect(
            try Self.handling(of: body)
                == "by hand: it mixes commands and their output, as in `kubectl` after a table"
        )
    }

    @Test("a step that holds only output stays a step")
    func step() throws {
        let text = """
            1. Look at the panel:

               ```bash
               NAME   READY   STATUS
               ```

            2. Then

               ```bash
               ls
               ```

            ## Values

            ```bash
            https://example.org
            ```
            """
        let items = Runbook.read(text).items.map { "\($0.kind.rawValue): \($0.headline)" }
        #expect(items == ["by hand: Look at the panel:", "automatic: ls", "shown: https://example.org"])
    }

    @Test(
        "lines before the first prompt are code, as no output comes before a command",
        arguments: [
            ("make config\nexport A=b\n$ ls\nout", "make config\nexport A=b\nls\n"),
            // Unless they cannot be.
            ("Connected to x\n$ ls\nout", "\nls\n"), ("Error: x\n$ ls", "\nls"),
            // The shell of another place has its own prompt.
            (
                "$ ssh host\n# systemctl restart x\n# exit\nlogout",
                "ssh host\n# systemctl restart x\n# exit\n"
            ),
            ("$ ls\n# a comment", "ls\n"),
        ]
    )
    func preamble(_ body: String, _ expected: String) throws { #expect(try code(body) == expected) }

    @Test(
        "a session of a debugger, a console or another shell is done by hand",
        arguments: [
            ("dlv test .\n(dlv) c", "(dlv)"), ("(gdb) bt", "(gdb)"), ("test> db.x.find()", "test>"),
            ("web-01:~$ ls", "web-01:~$"), ("I have no name!@box:/$ ls", "I have no name!@box:/$"),
            ("[root@web ~]# ls", "[root@web ~]#"), ("127.0.0.1:6379> get x", "127.0.0.1:6379>"),
            ("/ # ls", "/ #"), ("PS C:\\Users> dir", "PS C:\\"),
            ("% ls -la\ntotal 3", "%"), ("root# ls\na", "root#"), ("root@web1# ls", "root@web1#"),
            ("web1$ ls", "web1$"), ("ls\nweb1# ls", "web1#"), ("$ ls\nweb1$ ls", "web1$"),
            ("(venv) $ pip list", "(venv) $"), ("(base) me@box % ls", "(base) me@box %"),
            ("(venv) # pip install x", "(venv) #"), ("me@box $ ls", "me@box $"),
            ("Router(config)# end", "Router(config)#"), ("/srv/app$ ls", "/srv/app$"), ("~# ls", "~#"),
            ("admin@web1> show", "admin@web1>"), ("C:\\> dir", "C:\\>"), ("❯ ls", "❯"),
            (">>> import x", ">>>"),
            ("> npm install\nadded 3", ">"),
        ]
    )
    func sessions(_ code: String, _ prompt: String) throws {
        #expect(
            try Self.handling(of: "```bash\n\(code)\n```\n") == "by hand: it is a session in `\(prompt)`"
        )
    }

    @Test(
        "a place in a command is no prompt",
        arguments: [
            "rsync -a me@host:/srv # twice", "scp a host:/tmp/$X .", "docker cp x:/y . # z", "(make) # twice",
            "> /var/log/x.log", "ls> x", "x=$ ls", "echo 50 % 3", "cat > x <<EOF\nweb1# ls\n% ls\nEOF",
            "git commit -m 'a\n% b'", "$ release run\n❯ step 1", "echo a\n>>> b",
            "$ curl -O x\n  % Total    % Received",
        ]
    )
    func noPrompt(_ code: String) throws {
        #expect(try !Self.handling(of: "```bash\n\(code)\n```\n").contains("session"))
    }

    @Test(
        "a command behind the `# ` of a root shell is no comment when its output follows",
        arguments: [
            ("lsof -i :80\nCOMMAND  PID USER\nnginx    12  root", "lsof"), ("cat x\nhello world", "cat"),
            ("systemctl status x\n● x.service", "systemctl"), ("which x\n/usr/bin/x", "which"),
            ("ps\nroot 1 0\n# ps", "ps"), ("docker login\nLogin Succeeded", "docker"),
            ("see what runs\n# lsof -i\nnginx 12", "lsof"),
        ]
    )
    func rootOutput(_ code: String, _ word: String) throws {
        #expect(
            try Self.handling(of: "```console\n# \(code)\n```\n")
                == "by hand: it looks like a root shell and its output: `# \(word)` is no comment"
        )
    }

    @Test(
        "a comment may begin with the name of a command",
        arguments: [
            "# cat the file\nmytool x", "# find pods:\nmytool x", "# make a copy\nmytool x",
            "# docker login\ndocker login -u x -p y", "# mount it\nmytool x", "# date\nmytool x",
            "# ssh keys\nmytool create --all", "# docker\nfor i in a; do echo $i; done",
            "# kubectl plugin\nX=1 mytool", "# helm repo\nmytool > x", "# check x\nfoo bar",
            "# mount points\nfindmnt", "# export metrics\nmtool x", "# helm releases\nhelmfile status",
            "# kill switch\nmtool off", "# grep errors\nmtool x", "# python version\npyenv versions",
        ]
    )
    func comment(_ code: String) throws {
        #expect(try Self.handling(of: "```bash\n\(code)\n```\n") == "run")
    }

    @Test("the options of a directive are no code")
    func options() throws {
        let text = "```{code-block} bash\n:name: a:b\n:linenos:\nls\n```\n"
        let cell = try #require(Runbook.read(text).cells.first)
        #expect(String(decoding: cell.code, as: UTF8.self) == "\n\nls")
        #expect(cell.codeLine == 2)
        // They are those of a directive only.
        #expect(try code(":name: x\nls") == ":name: x\nls")
    }

    @Test(
        "data in a language that is not run is only shown",
        arguments: [
            ("bash", "＋ conf/site\n  ├── a.yaml\n  └── b.yaml", "shown: it is a listing, and no command"),
            ("bash", "conf/\n|-- a.yaml\n`-- b.yaml", "shown: it is a listing, and no command"),
            ("bash", "cat <<EOF\nx\n├── a\nEOF", "run"),
            ("bash", "tool -v\n...\nPlugins:\ndemo   0.4.0 /x\n...", "run"),
            ("bash", "tool -v\n...\nkubectl get pods", "by hand: it has the blank `...`"),
            ("bash", "for x in a b; do\n  ...\n  y\ndone", "by hand: it has the blank `...`"),
            (
                "bash", "$ mkuser -f db ada\nNew password:\nRetype new password:",
                "by hand: it asks a person, as its recorded output shows: `New password:`"
            ),
            (
                "bash", "$ pkg install x\nIs this ok? [y/N] y\nDone",
                "by hand: it asks a person, as its recorded output shows: `Is this ok? [y/N] y`"
            ),
            (
                "bash",
                "$ tool pods\nTo sign in, use a web browser to open https://host.invalid/device and enter X.",
                "by hand: it asks a person, as its recorded output shows: "
                    + "`To sign in, use a web browser to open https://host.invalid/device and enter X.`"
            ),
            ("bash", "$ tool --help\n  --yes   assume yes (y/n) everywhere\nPassword policy:", "run"),
            ("bash", "$ show-secret x\nPassword: a-word\nUser: ada", "run"),
            ("bash", "$ sudo make\n[sudo] password for ada:\nok", "run"),
            ("js", "{\n  \"a\": 1\n}", "shown: it is data, and no command"),
            ("javascript", "[{\"a\": 1}]", "shown: it is data, and no command"),
            ("js", "{\n  // the name\n  \"name\": x,\n}", "shown: it is data, and no command"),
            (
                "ruby", "config.cache = 1",
                "by hand: `config` belongs to an application, whose console it is meant for"
            ),
            ("js", "{ const a = 1 }", "run"), ("js", "[1].map(f)", "run"),
            ("js", "> 1 + 1\n2", "by hand: it is a session in `>`"),
            ("js", "db.users.find()", "by hand: `db` belongs to the MongoDB shell, which it is meant for"),
            ("js", "const db = open()\ndb.users()", "run"),
            (
                "ruby", "Account.find(1).lock!",
                "by hand: `Account` belongs to an application, whose console it is meant for"
            ),
            (
                "ruby", "n = Stock::Level.sum(:n)\nputs n",
                "by hand: `Stock` belongs to an application, whose console it is meant for"
            ),
            ("ruby", "class Stock\nend\nStock.new", "run"), ("ruby", "require 'a'\nStock.new", "run"),
            ("ruby", "puts Time.now\nENV.fetch('HOME')", "run"), ("ruby", "LIMIT = 5\nputs LIMIT", "run"),
            ("mongo", "db.dropDatabase()", "by hand: this version does not run the MongoDB shell"),
            ("cql", "SELECT 1", "by hand: this version does not run cqlsh"),
        ]
    )
    func otherLanguages(_ tag: String, _ code: String, _ expected: String) throws {
        #expect(try Self.handling(of: "```\(tag)\n\(code)\n```\n") == expected)
    }
}
