import CasebookDocument
import Testing

/// Steps, ways and values of forms that are rare; every document here is invented.
@Suite("unusual forms") struct UnusualFormTests {
    private static let a = "\n\n```bash\na\n```\n\n"
    private static let b = "\n\n```bash\nb\n```\n\n"

    static let rows: [StepTests.Row] = [
        // Sections that only order something.
        .init(
            "a section that only orders something, beside others with steps",
            "# T\n## Start it\(a)## Look at it\(b)## Create the account\n\nAsk the team for one, following [their guide](x).\n\n## The accounts\n\nAsk the team for one.\n\n## Create accounts\n\nAn account is long.\n",
            "automatic: a\nautomatic: b\nby hand: Create the account"
        ),
        .init(
            "and what its reader will need to do",
            "# T\n## Start it\(a)\(b)## Set up alerts for your app\n\nYou will need to add it to the [list](x).\n",
            "automatic: a\nautomatic: b\nby hand: Set up alerts for your app"
        ),
        .init(
            "a manual without steps has none of them",
            "# T\n## Write a query\n\nUse the words below.\n\n## Save a query\n\nClick the button.\n",
            ""
        ),
        .init(
            "also with a note before the order, and as what one can do now",
            "# T\n## Start it\(a)\(b)## Allow it to be built\n\n***NOTE:*** It will be old.\n\nThe tool builds it. Add a [file](x) to your app.\n\n## Validate it\n\nYou can now trigger the job.\n\n## Request body\n\nSet a name.\n\n## Use the API\n\nSend it a name.\n",
            "automatic: a\nautomatic: b\nby hand: Allow it to be built\nby hand: Validate it"
        ),
        // Bullets.
        .init(
            "clicks, whatever the sentence before them says",
            "# T\n#### Pager\n\nIn order to page you, it will use a key.\n\n- Go to `Settings -> Keys`\n- Select your project (e.g. `web`)\n\nWith it you can:\n\n- Open a door\n- Select a key\n",
            "by hand: Go to `Settings -> Keys`\nby hand: Select your project (e.g. `web`)"
        ),
        .init(
            "bold bullets with their paragraphs",
            "# T\n- **Install the tool**\n\nGet it from its page.\n\n- **Start Docker (if it is not running)**\n\nIt takes a while.\n\n- **The rest**\n\nIs easy.\n",
            "by hand: **Install the tool**\nby hand: **Start Docker (if it is not running)**"
        ),
        .init(
            "a list that a picture cuts",
            "# T\nTo set it up, follow the steps below:\n\n- Click the button.\n\n![a](b.png)\n\n- Navigate to the row.\n\n![a](b.png)\n\n- Lastly, set the number.\n",
            "by hand: Click the button.\nby hand: Navigate to the row.\nby hand: Lastly, set the number."
        ),
        .init(
            "sister bullets with labels",
            "# T\n## Mitigation\n* **Now:** Stop it.\n* **Short term:** Hot plug a disk; tune it.\n* **Long term:** Set a limit.\n",
            "by hand: **Now:** Stop it.\nby hand: **Short term:** Hot plug a disk; tune it.\nby hand: **Long term:** Set a limit."
        ),
        .init(
            "a sister that says how things are",
            "# T\n## Mitigation\n* **Cause:** the disk is full.\n* **Fix:** Delete logs.\n* **Check:** Look at it.\n",
            "by hand: **Fix:** Delete logs.\nby hand: **Check:** Look at it."
        ),
        .init(
            "an overview of what comes in detail",
            "# T\nIt is one file, so the overall procedure is simple:\n\n- Get the file onto each machine.\n- Start it there.\n\nHere is how:\(a)",
            "automatic: a"
        ),
        .init(
            "a list that says what things do and are",
            "# T\n## Things to know\n\n1. Watchers for files should run as background tasks.\n2. Output: text.\n\n## Parts\n\n1. **one** = the first, which we must start early.\n2. **two** - such a part is next, and you must stop it.\n\n## Order\n\n1. Engineers should run the tests.\n2. Pods must be started.\n",
            "by hand: Engineers should run the tests.\nby hand: Pods must be started."
        ),
        .init(
            "a numbered name with an order in a note alone",
            "# T\n## Kinds\n### 1. Capacity Tests\n\nThey show how much it takes.\n\n> You must also update the list.\n\n### 2. Names\n\nYou must update the names.\n",
            "by hand: 2. Names"
        ),
        .init(
            "an open fence with one command behind its prompt",
            "# T\n- Look:\n```bash\n$ tool get x\n\n## Mitigation\n\nx\n",
            "by hand: tool get x"
        ),
        // Sentences.
        .init(
            "a command that only a sentence names, beside cells",
            "# T\n## Build\(a)It needs modules.\nRun `go mod vendor` to fetch them.\n\nRun `x y` so:\(b)",
            "automatic: a\nby hand: It needs modules. Run `go mod vendor` to fetch them.\nautomatic: b"
        ),
        .init(
            "commands without a tag after an order",
            "# T\n## A\(a)After it you can clean up, as follows:\n\n```\naz aks delete --name x\n```\n\nThe list is kept here:\n\n```\nkubectl x\n```\n\nDelete this line:\n\n```\nname: x\n```\n",
            "automatic: a\nby hand: After it you can clean up, as follows:"
        ),
        .init(
            "files that a list names after an order",
            "# T\n## Go code\(a)Update the following files:\n\n* [a.go](a)\n* `b.go`\n\nThe following are old:\n\n* [c.go](c)\n\nAll is in code. Run `make` to write it to:\n- the list\n",
            "automatic: a\nby hand: Update the following files:\nby hand: All is in code. Run `make` to write it to:"
        ),
        .init(
            "an item that is a step is one only once",
            "# T\n1. Create a `Dockerfile`:\n\n   ```dockerfile\n   FROM x\n   ```\n\n2. Then run the following command:\n\n   ```\n   kubectl x\n   ```\n",
            "by hand: Create a `Dockerfile`:\nby hand: Then run the following command:"
        ),
        // Examples.
        .init(
            "examples with requirements of their own are a procedure for who wants them",
            "# T\n## Use\(a)## Examples\n\n### Requirements\n\nThe tool.\n\n### Generate\(b)",
            "automatic: a\nchoice: Examples\nautomatic: b"
        ),
        .init(
            "so is an example that is a list of acts",
            "# T\n## Example of a new config:\n\n1. Get it:\n\n   ```bash\n   a\n   ```\n\n2. Edit the file.\n\n3. Apply it.\n\n## Example\(b)",
            "choice: Example of a new config:\nautomatic: a\nby hand: Edit the file.\nby hand: Apply it.\nshown: b"
        ),
        // Ways.
        .init(
            "headings in HTML",
            "# T\nUse one of the options below to install it.\n\n<section id=\"a\">\n<h2 id=\"a\">Download the <b>file</b></h2>\n\n\(a)</section>\n\n<h2>Use Docker</h2>\(b)## What's next\n",
            "choice: One of these ways: Download the file, Use Docker.\nautomatic: a\nautomatic: b"
        ),
        .init(
            "a way that is only text is asked for under its answer",
            "# T\n## Start\(a)\(b)## Install\n\nUse one of the options below.\n\n### Download the file\(a)### Create a cluster\n\nFollow [their guide](x).\n",
            "automatic: a\nautomatic: b\nchoice: One of these ways: Download the file, Create a cluster.\nautomatic: a\nby hand: Create a cluster"
        ),
        .init(
            "environments side by side",
            "# T\n## Staging\(a)## Production\(b)",
            "choice: One of these ways: Staging, Production.\nautomatic: a\nautomatic: b"
        ),
        .init(
            "but not one after the other",
            "# T\n## Staging\(a)## Production\n\nOnce it works on staging:\(b)## 1. Staging\(a)## 2. Production\(b)",
            "automatic: a\nautomatic: b\nautomatic: a\nautomatic: b"
        ),
        .init(
            "what one prefers is a way, and no condition",
            "# T\(a)If you prefer npm, it can be installed by:\(b)If you prefer, sign it:\(a)",
            "choice: One of these 2 ways.\nautomatic: a\nautomatic: b\nchoice: If you prefer, sign it:\nautomatic: a"
        ),
        // Values.
        .init(
            "a value that only output shows",
            "# T\n```console\n$ kubectl get pvc\nvolume: pvc-2dc3e161-bda2-4b42-956a-42a69a717979\n```\n\n```bash\nkubectl get pv pvc-2dc3e161-bda2-4b42-956a-42a69a717979\n```\n\n```\nweb-7d4b9c6f5-x2x9z 1/1\nweb-frontend\n```\n\n```bash\nkubectl logs web-7d4b9c6f5-x2x9z\n```\n\n```bash\nkubectl get deploy web-frontend\n```\n",
            "automatic: kubectl get pvc\nby hand: kubectl get pv pvc-2dc3e161-bda2-4b42-956a-42a69a717979\nby hand: kubectl logs web-7d4b9c6f5-x2x9z\nautomatic: kubectl get deploy web-frontend"
        ),
        .init(
            "and one that code before it holds",
            "# T\n```bash\ndocker inspect 4f5e6d7c8b9a\n```\n\n```text\n4f5e6d7c8b9a\n```\n\n```bash\ndocker logs 4f5e6d7c8b9a\n```\n",
            "automatic: docker inspect 4f5e6d7c8b9a\nautomatic: docker logs 4f5e6d7c8b9a"
        ),
        .init(
            "an error that a text announces after what is used",
            "# T\nWhen using the image, if you get a login issue similar to as follows:\n\n```sh\nUnable to find image 'x' locally\nSee 'docker run --help'. You don't have it.\n```\n\(a)",
            "shown: Unable to find image 'x' locally\nautomatic: a"
        ),
        .init(
            "output that is cut at its start",
            "# T\(a)```bash\n...\n* Server certificate:\n```\n\n```bash\n...\nkubectl get pods\n```\n",
            "automatic: a\nshown: ...\nby hand: ..."
        ),
        .init(
            "a file that is only named",
            "# T\nMake sure `/etc/x.conf` is readable:\(a)Make `deploy.sh` executable:\(b)Update this host to the version in `v.txt`:\(a)Create the user (see `u.json`):\(b)Create `u.py`:\(a)Add this to `u.sh`:\(b)",
            "automatic: a\nautomatic: b\nautomatic: a\nautomatic: b\nby hand: a\nby hand: b"
        ),
        .init(
            "an announcement that goes on to what is done",
            "# T\nYou should see no errors; then:\(a)",
            "automatic: a"
        ),
        .init(
            "a word that somebody seeks, and one that is missing",
            "# T\n```bash\ngrep -rn TODO src\n```\n\n```bash\ngit commit -m \"fix TODO\"\n```\n\n```bash\ndeploy TODO\n```\n",
            "automatic: grep -rn TODO src\nautomatic: git commit -m \"fix TODO\"\nby hand: deploy TODO"
        ),
        .init(
            "what sh takes for something else",
            "# T\n```sh\nif docker info &> /dev/null; then echo; fi\n```\n\n```sh\nif [[ -f x ]]; then echo; fi\n```\n\n```sh\necho \"a &> b\"; ls 2>&1 >x\n```\n\n```bash\nls &> x\n```\n",
            "asks first: if docker info &> /dev/null; then echo; fi\nasks first: if [[ -f x ]]; then echo; fi\nautomatic: echo \"a &> b\"; ls 2>&1 >x\nautomatic: ls &> x"
        ),
        .init(
            "the content of a file under another tag",
            "# T\n1. Add (or update) `Procfile.dev`\n\n```ruby\nweb: bin/server -p 3000\n```\n",
            "by hand: Add (or update) `Procfile.dev`\nby hand: web: bin/server -p 3000"
        ),
    ]

    @Test(arguments: rows) func `lists sections ways and values`(_ row: StepTests.Row) {
        #expect(StepTests.outline(row.text) == row.outline)
    }

    @Test(
        "a request without a body is an order",
        arguments: [
            ("curl -X PATCH https://h/clusters/a -d '{}'", "asks first"),
            ("curl -X POST -k \"https://h/admin/a/startvm?x=$HOME\"", "asks first"),
            ("curl -XPUT https://h/a --data ''", "asks first"),
            ("curl -X POST https://h/a -d '{\"a\": 1}'", "automatic"),
            ("curl -X POST https://h/a -F file=@x", "automatic"), ("curl -X GET https://h/a", "automatic"),
        ]
    )
    func request(_ code: String, _ kind: String) {
        #expect(StepTests.outline("```bash\n\(code)\n```\n") == "\(kind): \(code)")
    }

    @Test("a name given twice is only an error where something refers to it")
    func names() {
        let twice = "```bash {name=x}\na\n```\n\n```bash {name=x}\nb\n```\n"
        let found = [twice, twice + "\n```bash {undoes=x}\nc\n```\n"].map { text in
            let book = Runbook.read(SourceText(name: "t.md", bytes: Array(text.utf8)))
            return book.items.map(\.id.name).joined(separator: " ") + ": "
                + book.diagnostics.map { "\($0.severity) \($0.code.rawValue)" }.joined(separator: ", ")
        }
        #expect(
            found == [
                "x step-2: warning duplicate-name",
                "x step-2 step-3: error duplicate-name, error duplicate-name",
            ]
        )
    }
}
