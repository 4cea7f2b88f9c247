import CasebookDocument
import Testing

/// Open variables, places and instructions, as a run would meet them.
@Suite("what a cell needs, and where it is meant to run")
struct PlaceTests {
    /// The open variables of each cell.
    private func open(_ text: String) -> [[String]] {
        Runbook.read(SourceText(name: "t.md", bytes: Array(text.utf8))).cells.map(\.openVariables)
    }

    static let codes: [(String, [String])] = [
        ("echo $CLUSTER ${REGION}", ["CLUSTER", "REGION"]),
        ("X=1; echo $X", []), ("echo $X; X=1", ["X"]), ("X=$X:a", ["X"]), ("export X=1\necho $X", []),
        ("echo '$X' \\$X # $X", []), ("echo \"$X\"", ["X"]), ("echo ${X:-a} ${Y-b} ${Z:+c}", []),
        (": ${X:=1}; echo $X", []), ("echo ${X:?}", ["X"]), ("echo ${#X} ${X%%.*}", ["X"]),
        ("for X in a b; do echo $X; done", []), ("while read -r A B; do echo $A $B; done <f", []),
        ("read -p name X; echo $X", []), ("mapfile -t X <f; echo ${X[0]}", []),
        ("printf -v X %s a; echo $X", []),
        ("echo $HOME $1 $? $$ $BASH_VERSION", []), ("awk '{print $NF}' f", []),
        ("V=\"$(awk '{print $NF}' f)\"; echo $V", []), ("source env; echo $X", []), (". ./env\necho $X", []),
        ("eval \"$(tool env)\"; echo $X", []), ("cat <<EOF\ndon't $X\nEOF", ["X"]),
        ("cat <<'EOF'\n$X\nEOF", []),
        ("f() { local X=1; echo $X; }; f", []), ("A[1]=x; echo ${A[1]}", []), ("X+=1; echo $X", []),
        ("echo $((1 + 2)) $(date) `date`", []), ("echo \"$(echo \"$X\")\"", ["X"]),
        ("export $(cat .env)\necho $X", []),
        ("echo \"a $(printf '%s' \"$A\") b\" '$B'", ["A"]),
        ("kubectl -n $NS get pods -o jsonpath='{.items[*]}'", ["NS"]),
        ("echo $'a$X' \"it's $Y\"", ["Y"]),
    ]

    @Test(arguments: codes)
    func `a variable that nothing sets is open`(code: String, expected: [String]) {
        #expect(open("```bash\n\(code)\n```\n") == [expected], "\(code)")
    }

    @Test(arguments: [
        ("```bash\nexport X=1\n```\n```zsh\necho $X\n```\n", []),
        ("```bash\nX=1\nexport X\n```\n```sh\necho $X\n```\n", []),
        ("```bash\ndeclare -x X=1\n```\n```sh\necho $X\n```\n", []),
        ("```bash\nX=1\n```\n```sh\necho $X\n```\n", ["X"]),
        ("```bash {background}\nexport X=1\n```\n```bash\necho $X\n```\n", ["X"]),
        ("```bash {background}\nexport X=1\n```\n```sh\necho $X\n```\n", ["X"]),
        ("```python\nimport os\nos.environ['X'] = '1'\n```\n```sh\necho $X\n```\n", []),
        ("```python\nX = 1\n```\n```sh\necho $X\n```\n", ["X"]),
        ("```fish\nset -gx X 1\n```\n```sh\necho $X\n```\n", []),
        ("```bash {session=a}\nexport X=1\n```\n```sh\necho $X\n```\n", ["X"]),
        ("```bash\nexport X=1\n```\n```bash {session=a}\necho $X\n```\n", ["X"]),
        ("```bash\nexport X=1 # run it by hand\n```\n```sh\necho $X\n```\n", []),
        ("```zsh\necho $options $path $HOST $MATCH $Y\n```\n", ["Y"]),
        ("```bash\necho $options\n```\n", ["options"]),
    ])
    func `what a session exports reaches those of other languages`(_ text: String, _ expected: [String]) {
        #expect(open(text).last == expected, "\(text)")
    }

    @Test func `what an earlier cell of the session or a declaration sets is not open`() {
        let text = """
            ---
            parameters:
              GIVEN: {type: string}
            environments: {a: {DB: x}}
            ---
            ```bash
            X=1
            ```
            ```bash
            echo $X $GIVEN $DB $OTHER
            ```
            ```bash
            export TOKEN=<token>
            ```
            ```bash
            curl -H $TOKEN
            ```
            ```bash {session=b}
            echo $X
            ```
            ```bash
            source env
            ```
            ```bash
            echo $ANYTHING
            ```
            """
        #expect(open(text) == [[], ["OTHER"], [], ["TOKEN"], ["X"], [], []])
    }

    @Test("what a cell by hand sets is asked for, even after code from elsewhere")
    func openAfterSource() {
        let text = """
            ```bash
            . ./env
            echo $FROM_ENV
            ```
            ```bash
            CLUSTER=<cluster>
            ```
            ```bash
            curl $CLUSTER/$OTHER
            ```
            """
        #expect(open(text) == [[], [], ["CLUSTER"]])
    }

    @Test(
        "a heading or a sentence that takes something away asks first",
        arguments: [
            ("## Tear down\n", "./go.sh", "it stands under `Tear down`"),
            ("## Clean up\n", "./go.sh", "it stands under `Clean up`"),
            ("## Clean up\n", "kubectl get pods", nil),
            ("> [!TIP]\n> You can go faster.\n>\n> ", "make up FAST=true", "it stands in a tip"),
            ("> [!NOTE]\n> Load it:\n>\n> ", "make up", nil),
            (
                "## X\nDelete a subscription, with all its clusters:\n\n", "curl -X POST x -d @a",
                "its instruction says that something is taken away"
            ),
            (
                "## X\n1. Remove the volume:\n\n   ", "./go.sh",
                "its instruction says that something is taken away"
            ),
            ("## X\nStop the machine:\n\n", "./go.sh", "its instruction says that something is taken away"),
            ("```checkpoint\nok?\n```\n\n## Remove them\n\n", "./go.sh", nil),
            (
                "```checkpoint\nok?\n```\n\n1. Look.\n\n## Remove them\n\n", "./go.sh",
                "it stands under `Remove them`"
            ),
            ("## X\nDeletion takes a while:\n\n", "./go.sh", nil),
            ("## Delete\n", "kubectl get pods | grep x", nil),
            ("## X\nThis deletes nothing:\n\n", "./go.sh", nil),
        ] as [(String, String, String?)]
    )
    func removal(_ text: String, _ code: String, _ expected: String?) {
        let indent = text.hasSuffix("   ") ? "   " : text.hasSuffix("> ") ? "> " : ""
        let cell = Runbook.read("\(text)```bash\n\(indent)\(code)\n\(indent)```\n").cells.first
        #expect(cell?.handling == (expected.map { .confirm(because: $0) } ?? .run))
        let vouched = Runbook.read("\(text)```bash {confirm=no}\n\(indent)\(code)\n\(indent)```\n").cells
            .first
        #expect(vouched?.handling == .run)
    }

    /// The reasons for which cells are done by hand; nil for one that runs.
    private func reasons(_ text: String) -> [String?] {
        Runbook.read(SourceText(name: "t.md", bytes: Array(text.utf8))).cells.map { cell in
            if case .byHand(let reason) = cell.handling { reason } else { nil }
        }
    }

    @Test func `cells after a command that goes elsewhere are for a person`() {
        let text = """
            # T
            ## Node
            ```bash
            ssh web1
            ```
            ### There
            ```bash
            uptime
            ```
            ```bash {place=here}
            date
            ```
            ```bash
            exit
            ```
            ```bash
            uptime
            ```
            ## Pod
            ```bash
            kubectl exec -it web -- bash
            ```
            ## Here
            ```bash
            uptime
            ```
            """
        #expect(
            reasons(text) == [
                "`ssh` opens a shell on another machine",
                "it comes after `ssh`, which goes elsewhere", nil,
                "it comes after `ssh`, which goes elsewhere", nil,
                "`kubectl exec` opens a shell in a container", nil,
            ]
        )
    }

    @Test(
        "a blank hides no change of place",
        arguments: ["ssh <host>", "oc debug node <node>", "kubectl -n <ns> exec -it <pod> -- /bin/sh"]
    )
    func blankPlace(_ code: String) {
        let found = reasons("```bash\n\(code)\n```\n```bash\nuptime\n```\n")
        #expect(found.count == 2)
        #expect(found.last??.hasPrefix("it comes after `") == true, "\(found)")
    }

    @Test(
        "what a first section connects to is where the rest happens, up to an exit or another place",
        arguments: [
            (
                "## Prerequisites\n```bash\nssh root@server\n```\n## Install\n",
                [nil, "it comes after `ssh`, which goes elsewhere"]
            ),
            ("## Look at it\n```bash\nssh root@server\n```\n## Install\n", [nil, nil]),
            (
                "## Connect\n```bash\nssh root@server\n```\n## Install\nFrom your workstation:\n\n",
                [nil, nil]
            ),
            (
                "## Start\nThe commands in this guide must be run on the `server` machine.\n\n```bash\nid\n```\n## Install\n",
                ["", "it is meant for elsewhere: \"on the server machine\""]
            ),
            (
                "## Restore\n1. Log in as the other user (`su - postgres`).\n2. Restore:\n\n",
                ["it comes after `su`, which goes elsewhere"]
            ),
            (
                "## Fix\nSSH into the node:\n\n> **Note:** mind the gap.\n\n",
                ["it is meant for elsewhere: \"ssh into the node\""]
            ),
        ] as [(String, [String?])]
    )
    func lasting(_ text: String, _ expected: [String?]) {
        let found = reasons("# T\n\(text)```bash\nsystemctl start etcd\n```\n")
        #expect(found.last == expected.last)
        #expect(found.count == expected.count)
    }

    @Test(arguments: [
        ("On the primary node, run:", "it is meant for elsewhere: \"on the primary node run\""),
        ("Inside the pod:", "it is meant for elsewhere: \"inside the pod\""),
        ("SSH into the box and run:", "it is meant for elsewhere: \"ssh into the box and run\""),
        ("Run this on the primary server:", "it is meant for elsewhere: \"on the primary server\""),
        (
            "The commands in this section must be run on each worker node:",
            "it is meant for elsewhere: \"on each worker node\""
        ),
        ("Run this from your workstation:", nil), ("Run the migration on Monday:", nil),
        ("On your laptop, with access to the server:", nil), ("In case the node is down:", nil),
        ("On Monday the server is restarted:", nil), ("Run this:", nil),
    ])
    func `a sentence that goes elsewhere takes the cells after it along`(prose: String, reason: String?) {
        #expect(reasons("# T\n\n\(prose)\n\n```bash\nuptime\n```\n") == [reason], "\(prose)")
    }

    @Test(
        "a note says where its section happens",
        arguments: [
            "> [!IMPORTANT]\n> Run this section on the source server.",
            "Run this section on the source server.",
            "```{important}\nRun this section on the source server.\n```",
        ]
    )
    func section(_ note: String) {
        let code = "```bash\n./go\n```\n\n"
        let away = "it is meant for elsewhere: \"on the source server\""
        #expect(
            reasons("# T\n## A\n\n\(note)\n\nText.\n\n\(code)### B\n\n\(code)## C\n\n\(code)") == [
                away, away, nil,
            ]
        )
    }

    @Test(
        "another cluster is a place, and the one here is none",
        arguments: [
            ("Run the following steps on the destination cluster:", true),
            ("On the source cluster, run:", true),
            ("On the cluster, run:", false), ("Run this on the new cluster:", false),
        ]
    )
    func cluster(_ text: String, _ isAway: Bool) {
        #expect(reasons("\(text)\n\n```bash\n./go\n```\n").map { $0 != nil } == [isAway])
    }

    @Test("what an item says of questions, and what a step starts")
    func starting() {
        #expect(
            reasons(
                "1. Make it.\n\n   You will be asked for a name.\n\n   - Then:\n\n     ```bash\n     ./go\n     ```\n"
            )
                == ["the text around it says \"you will be asked\""]
        )
        #expect(
            reasons("To run the fake metrics socket:\n\n```bash\ngo run ./cmd/x\n```\n")
                == ["it seems to start what does not end: \"run the fake metrics socket\""]
        )
        #expect(reasons("To run the generator:\n\n```bash\ngo run ./cmd/x\n```\n") == [nil])
        #expect(reasons("Start the server:\n\n```bash\n./go\n```\n") == [nil])
    }

    @Test(
        "comments that introduce one command in several ways",
        arguments: [
            (
                "# This creates it without DNS\nt create c --name=a\n# This also creates it with DNS\nt create c --name=b",
                true
            ),
            ("# With DNS\nt create c --name=a \\\n  --x\n# Without DNS\nt create c --name=b", true),
            (
                "# This applies the types\nkubectl apply -f a\n# This applies the operator\nkubectl apply -f b",
                false
            ),
            ("# Create a\nt create c --name=a\n# Create b\nt create c --name=b", false),
        ]
    )
    func introduced(_ code: String, _ isWay: Bool) {
        let why = "its comments name several ways, of which one is meant"
        #expect(reasons("```bash\n\(code)\n```\n") == [isWay ? why : nil])
    }

    @Test(
        "a list that goes on is a blank",
        arguments: [
            ("deploy --hosts \"a,b,...\"", true), ("deploy [host1,...]", true), ("go test ./...", false),
            ("deploy [(0xSigner0,index0),...] x", true), ("grep 'a,...' x", false),
        ]
    )
    func ellipsis(_ code: String, _ isBlank: Bool) {
        #expect(
            reasons("```bash\n\(code)\n```\n").first.map { $0?.hasPrefix("it has the blank") ?? false }
                == isBlank
        )
    }

    @Test func `a sign is no command`() {
        #expect(reasons("```bash\n➕ config/a.yaml\n```\n") == ["`➕` is no command"])
    }

    @Test func `two ways in one block are for a person`() {
        #expect(
            reasons("```bash\na\n# or\nb\n```\n") == ["it holds several ways, with *or* between them"]
        )
        #expect(reasons("```bash\n# a or b\na || b\n```\n") == [nil])
    }

    @Test(
        "what asks or does not end by its text is for a person",
        arguments: [
            ("Run this; you will be asked for a name:", "", "the text beside it says \"you will be asked\""),
            ("Start it in another terminal:", "", "the text beside it says \"in another terminal\""),
            ("Start it:", "Press Ctrl+C to stop it.", "the text beside it says \"press ctrl\""),
            (
                "Start it:", "```\nRunning on http://0.0.0.0:5000\n```",
                "the text beside it says \"running on http://\""
            ),
            (
                "Start it:", "```\nok\n```\n\nIn another terminal:",
                "the text beside it says \"in another terminal\""
            ),
            ("Start it:", "It asks nobody.", nil), ("Start it:", "## B\n\nPress Ctrl+C.", nil),
        ] as [(String, String, String?)]
    )
    func waiting(_ before: String, _ after: String, _ expected: String?) {
        #expect(reasons("\(before)\n\n```bash\n./go\n```\n\n\(after)\n") == [expected])
        #expect(reasons("\(before)\n\n```bash {place=here}\n./go\n```\n\n\(after)\n") == [nil])
    }

    @Test("Python after a console is for that console")
    func console() {
        let text =
            "```bash\nsentry shell\n```\n\n```python\nprint(1)\n```\n\n## B\n\n```python\nprint(2)\n```\n"
        #expect(
            reasons("## A\n\n\(text)") == [
                "`sentry shell` opens a console", "it comes after `sentry`, which goes elsewhere", nil,
            ]
        )
        #expect(
            reasons(text.replacing("sentry shell", with: "ssh web1")) == [
                "`ssh` opens a shell on another machine", nil, nil,
            ]
        )
    }

    @Test(
        "a role at the end of a sentence is a place",
        arguments: [
            ("See what it says on primary:", "it is meant for elsewhere: \"on primary\""),
            ("Look at the lag on the replicas:", "it is meant for elsewhere: \"on the replicas\""),
            ("List the pods on the node:", nil), ("It runs on primary.", nil),
        ] as [(String, String?)]
    )
    func role(_ text: String, _ expected: String?) {
        #expect(reasons("\(text)\n\n```bash\n./go\n```\n") == [expected])
    }
}
