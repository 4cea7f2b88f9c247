import CasebookDocument
import Testing

/// Which lists, headings and sentences are steps; every document here is invented.
@Suite("what is a step") struct StepTests {
    /// `kind: headline`, one line an item.
    static func outline(_ text: String) -> String {
        Runbook.read(SourceText(name: "t.md", bytes: Array(text.utf8))).items
            .map { "\($0.kind.rawValue): \($0.headline)" }.joined(separator: "\n")
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let rule: String
        let text: String
        let outline: String
        var testDescription: String { rule }

        init(_ rule: String, _ text: String, _ outline: String) {
            self.rule = rule
            self.text = text
            self.outline = outline
        }
    }

    static let rows: [Row] = [
        Row(
            "prerequisites are asked before all else",
            "---\nprerequisites:\n- The traffic is drained.\n- \"Ann knows\"\n---\n```bash\na\n```\n",
            "checkpoint: The traffic is drained.\ncheckpoint: Ann knows\nautomatic: a"
        ),
        // Headings and the lists under them.
        Row(
            "items under a step heading are the steps, with and without cells",
            "## Step 1: Stop\n1. Tell the team.\n2. Stop it:\n   ```bash\n   stop\n   ```\n3. Wait for a minute.\n",
            "by hand: Tell the team.\nasks first: stop\nby hand: Wait for a minute."
        ),
        Row(
            "a step heading without a list is a step with its own name",
            "## Step 1: Stop\n\nTell the team.\n\n## Step 2: Wait\n- a\n- b\n",
            "by hand: Step 1: Stop\nby hand: Step 2: Wait"
        ),
        Row(
            "a numbered chapter that only describes is no step",
            "## 1.2 Roles\n\n| a | b |\n| - | - |\n| c | d |\n\n## 1.3 Restart it\n\nIt takes a while.\n\n## 1.4 Queue\n\nEmpty the queue.\n",
            "by hand: 1.3 Restart it\nby hand: 1.4 Queue"
        ),
        // Ordered lists.
        Row(
            "a list that only describes is none of steps",
            "## Design\n1. The client sends a request.\n2. The server answers.\n",
            ""
        ),
        Row(
            "one item that says what to do makes the list one of steps",
            "## Restart\n1. The queue is the first. Empty it.\n2. Worker\n",
            "by hand: The queue is the first. Empty it.\nby hand: Worker"
        ),
        Row(
            "under a heading that acts every ordered list counts",
            "## Procedure\n1. The queue\n2. The worker\n",
            "by hand: The queue\nby hand: The worker"
        ),
        Row(
            "labels, remarks and leading words are passed over",
            "## A\n1. **Soon:** please check it.\n## B\n1. (sandbox only) Restart it.\n## C\n1. In the console, click Stop.\n",
            "by hand: **Soon:** please check it.\nby hand: (sandbox only) Restart it.\nby hand: In the console, click Stop."
        ),
        Row(
            "a list in another language is kept",
            "## Neustart\n1. Den Dienst anhalten und warten\n",
            "by hand: Den Dienst anhalten und warten"
        ),
        Row("a note is no instruction", "## A\n1. Note that it is old.\n", ""),
        Row(
            "what explains holds no steps",
            "## How the queue works\n1. Send it.\n## What happens then\n1. Stop it.\n",
            ""
        ),
        Row(
            "the last item of a cut list goes with its cell",
            "## A\n1. Stop it.\n\n```bash\nstop\n```\n\n2. Start it.\n\n```bash\nstart\n```\n",
            "automatic: stop\nautomatic: start"
        ),
        Row(
            "an item whose items are steps is one too when it says something of its own",
            "## A\n1. Tell the team.\n   1. Call Ann.\n2. Then do this:\n   1. Call Bob.\n",
            "by hand: Tell the team.\nby hand: Call Ann.\nby hand: Call Bob."
        ),
        Row(
            "so is a task",
            "## A\n- [ ] Tell the team\n  - [ ] Call Ann\n- [ ] The others\n  - [ ] Call Bob\n",
            "by hand: Tell the team\nby hand: Call Ann\nby hand: Call Bob"
        ),
        // Bullets.
        Row(
            "bullets beside a cell are steps when they say what to do",
            "## A\n- Open the file.\n- The file is old.\n- Apply it:\n\n  ```bash\n  apply\n  ```\n- If it fails, call Ann.\n",
            "by hand: Open the file.\nautomatic: apply\nchoice: If it fails, call Ann."
        ),
        Row(
            "bullets under an acting heading are steps beside other forms",
            "## Mitigation\n- **Immediately:** Restart it.\n- It is old.\n\n1. Look:\n   ```bash\n   look\n   ```\n",
            "by hand: **Immediately:** Restart it.\nautomatic: look"
        ),
        Row(
            "bullets after a sentence that announces steps are steps",
            "## Alert\n\nHow it **works**:\n- Read it.\n\nHow to **fix**:\n- Read the log.\n- The log is large.\n\nTo upgrade, do the following:\n- Upgrade it.\n",
            "by hand: Read the log.\nby hand: Upgrade it."
        ),
        Row(
            "bullets that code cuts are a list of steps",
            "## Make\n- Click create.\n- Type its name:\n\n```text\nname\n```\n\n- Save it.\n",
            "by hand: Click create.\nby hand: Type its name:\nby hand: Save it."
        ),
        Row(
            "where most bullets say what to do, one with a rare verb does too",
            "## Mitigation\n- Remove the logs.\n- Reticulate the splines of it.\n- The log is old.\n- Move the data.\n",
            "by hand: Remove the logs.\nby hand: Reticulate the splines of it.\nby hand: Move the data."
        ),
        Row(
            "an ordered list of acts",
            "## Purge\n\nIt is purged by:\n\n1. Stopping the server.\n2. Backing up the data.\n3. Moving it away.\n",
            "by hand: Stopping the server.\nby hand: Backing up the data.\nby hand: Moving it away."
        ),
        Row(
            "an ordered list in which one item only sounds like an act",
            "## Parts\n1. Processing of the queue\n2. The queue\n",
            ""
        ),
        Row(
            "an order in the middle of a paragraph names a command",
            "## Restore\n\nIt is restored from a copy. Run `snapshot save` on the leader. It takes a while.\n",
            "by hand: It is restored from a copy. Run `snapshot save` on the leader. It takes a while."
        ),
        Row(
            "troubleshooting that is the procedure itself",
            "# T\n## Details\nIt hangs.\n### Troubleshooting\nIt hangs.\n#### Workaround\n1. Restart it.\n",
            "by hand: Restart it."
        ),
        Row(
            "troubleshooting beside a procedure stays outside",
            "# T\n## Procedure\n1. Start it.\n## Troubleshooting\n### Workaround\n1. Restart it.\n",
            "by hand: Start it."
        ),
        Row(
            "a rollback that reverts is the way forward in a runbook that rolls back",
            "# Rollback runbook\n## Emergency Git Revert\n```bash\ngit status\n```\n",
            "automatic: git status"
        ),
        Row(
            "what a site leaves out is no step",
            "{% comment %}\n\n```bash\na\n```\n\n{% endcomment %}\n\n```bash\nb\n```\n\n{/*\n\n```bash\nc\n```\n\n*/}\n\n```bash\nd\n```\n",
            "automatic: b\nautomatic: d"
        ),
        Row(
            "a comment that is never closed hides nothing",
            "{% comment %}\n\n```bash\na\n```\n",
            "automatic: a"
        ),
        Row("other bullets are text", "## Tips\n- Check the queue.\n- Read the log.\n", ""),
        Row(
            "bullets that are all acts, under any heading but one that names abilities",
            "# T\n## The key\n\n- Go to Settings.\n- Under 'Keys', copy the first.\n- If you want two, set `N`.\n\n## Features\n\n- Create a key.\n- Copy a key.\n",
            "by hand: Go to Settings.\nby hand: Under 'Keys', copy the first.\nchoice: If you want two, set `N`."
        ),
        Row(
            "a list after a sentence that says what can be done is none of acts",
            "# T\n## Keys\n\nWith it you can:\n\n- Create a key.\n- Copy a key.\n",
            ""
        ),
        Row(
            "one bullet that is no act makes a list of facts",
            "# T\n## Keys\n\n- Create a key.\n- The key is long.\n",
            ""
        ),
        Row(
            "acts below a bullet that only names them",
            "## Mitigation\n\n- Immediate actions (on the host):\n  - Stop the writer.\n  - Drop the caches.\n- Resize it.\n",
            "by hand: Stop the writer.\nby hand: Drop the caches.\nby hand: Resize it."
        ),
        Row(
            "what comes later is no list of steps",
            "# T\nWe will look at two cases:\n\n1. Setting it.\n2. Removing it.\n\n## Setting it\n\n```bash\na\n```\n",
            "automatic: a"
        ),
        Row(
            "a procedure for trouble is one of its own",
            "# T\n## Troubleshooting: what to do if the check fails\n\n1. Find the job.\n2. Run it again.\n",
            "choice: Troubleshooting: what to do if the check fails\nby hand: Find the job.\nby hand: Run it again."
        ),
        Row(
            "a rollback before everything is a procedure, when it is asked for",
            "# Common problems\n## Roll back a broken deploy\n\n```bash\na\n```\n\n## The disk is full\n\n```bash\nb\n```\n\n## The queue is full\n\n```bash\nc\n```\n",
            "choice: Roll back a broken deploy\nautomatic: a\nautomatic: b\nautomatic: c"
        ),
        Row(
            "but not after what it takes back",
            "# T\n## Deploy\n\n```bash\na\n```\n\n## Roll back a broken deploy\n\n```bash\nb\n```\n\n## A\n\n## B\n",
            "automatic: a\nundo: b"
        ),
        Row(
            "who has a question gets its answer, with its steps",
            "# T\n## A\n\n```bash\na\n```\n\n## FAQ\n\n### How do I move it?\n\n1. Stop it.\n2. Move it:\n\n   ```bash\n   b\n   ```\n",
            "automatic: a\nchoice: How do I move it?\nby hand: Stop it.\nautomatic: b"
        ),
        Row(
            "how something happens is no step",
            "# T\n## How does it get there?\n\n```bash\na\n```\n\n## How do I get there?\n\n```bash\nb\n```\n",
            "shown: a\nautomatic: b"
        ),
        // Prose.
        Row(
            "what the following steps assume is set first, and the cells ask",
            "# T\n## A\n\n> The following steps assume that you use the test cluster: `export KUBECONFIG=$PWD/test`.\n\n```bash\nkubectl apply -f x.yaml\n```\n\n```bash\nkubectl get pods\n```\n\n## B\n\n```bash\nkubectl apply -f y.yaml\n```\n",
            "by hand: The following steps assume that you use the test cluster: `export KUBECONFIG=$PWD/test`.\nasks first: kubectl apply -f x.yaml\nautomatic: kubectl get pods\nautomatic: kubectl apply -f y.yaml"
        ),
        Row(
            "an order before a block that is no cell",
            "# T\nThen run the [list](x) command:\n\n```markdown\ntool list\n```\n\nIt prints:\n\n```text\nx\n```\n",
            "by hand: Then run the [list](x) command:"
        ),
        Row(
            "a note of backticks that holds a command",
            "# T\n````{tip}\nFind the hook by running:\n\n```bash\nkubectl get hooks\n```\n````\n\n```{note}\nIt is long.\n```\n",
            "by hand: Find the hook by running:"
        ),
        Row(
            "the file that an item with a cell says to write",
            "1. Install it:\n\n   Create a `list.txt` file:\n\n   ```text\n   x\n   ```\n\n   ```bash\n   pip install -r list.txt\n   ```\n",
            "by hand: Create a `list.txt` file:\nautomatic: pip install -r list.txt"
        ),
        Row(
            "a command after what comes before it",
            "# T\n## A\n\nOnce `x recover` succeeds, run `x start` as ever.\n\n## B\n\nInstead of `x format`, use `x recover all`.\n",
            "by hand: Once `x recover` succeeds, run `x start` as ever.\nby hand: Instead of `x format`, use `x recover all`."
        ),
        Row(
            "the last word of a mitigation",
            "## Mitigation\n\n- Restart it.\n\nIf nothing helps, open a case.\n",
            "by hand: Restart it.\nchoice: If nothing helps, open a case."
        ),
        Row(
            "a block of a root shell stays a step",
            "## Diagnosis\n\n- Connect to the console.\n\n  ```bash\n  # app-psql -d main\n  ```\n",
            "by hand: # app-psql -d main"
        ),
        Row(
            "other tags for commands",
            "# T\n```command\n$ kubectl get pvc\n```\n\n```commandline\nshow interfaces\n```\n\n"
                + "```nohighlight\nkubectl get pods\n```\n\n```nohighlight\nthe pods are there\n```\n",
            "automatic: kubectl get pvc\nby hand: show interfaces\nautomatic: kubectl get pods"
        ),
        Row(
            "examples that a text announces, with the sections in it",
            "# T\n## Use\n\nIt has commands. Below are examples demonstrating them:\n\n### List\n\n```bash\na\n```\n\n## Install\n\n```bash\nb\n```\n",
            "shown: a\nautomatic: b"
        ),
        Row(
            "sentences under an acting heading are steps where nothing else is",
            "## Diagnosis\n\nCheck the log of the operator.\n\nIt is long.\n",
            "by hand: Check the log of the operator."
        ),
        Row(
            "the content of a file is written by hand",
            "## A\n\nSave the following as `a.yaml`:\n\n```yaml\na: b\n```\n\n```bash\napply -f a.yaml\n```\n\nThe file is:\n\n```yaml\na: b\n```\n",
            "by hand: Save the following as `a.yaml`:\nautomatic: apply -f a.yaml"
        ),
        Row(
            "a condition that asks for nothing is no question",
            "## Steps\n1. If it is ready, you should now be able to connect.\n2. If it is not, restart it.\n",
            "by hand: If it is ready, you should now be able to connect.\nchoice: If it is not, restart it."
        ),
    ]

    @Test(arguments: rows) func `lists headings and sentences`(_ row: Row) {
        #expect(Self.outline(row.text) == row.outline)
    }
}
