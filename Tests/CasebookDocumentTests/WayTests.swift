import CasebookDocument
import Testing

/// Which of several ways, and what is done only sometimes; every document here is invented.
@Suite("ways and conditions") struct WayTests {
    /// `kind: headline`, and the answer that must have been given; one line an item.
    static func outline(_ text: String) -> String {
        Runbook.read(SourceText(name: "t.md", bytes: Array(text.utf8))).items.map { item in
            "\(item.kind.rawValue): \(item.headline)" + (item.place.condition.map { " [\($0.answer)]" } ?? "")
        }
        .joined(separator: "\n")
    }

    private static let a = "\n\n```bash\na\n```\n\n"
    private static let b = "\n\n```bash\nb\n```\n\n"

    static let rows: [StepTests.Row] = [
        // Conditions.
        .init(
            "a remark in a heading makes its section one for some cases",
            "## T\(a)## Tune it (optional)\(b)## [RC only] Tag it\(b)",
            "automatic: a\nchoice: Tune it (optional)\nautomatic: b [proceed]\nchoice: [RC only] Tag it\nautomatic: b [proceed]"
        ),
        .init(
            "a condition at the end of the paragraph before a cell",
            "Create one, if needed:\(a)",
            "choice: Create one, if needed:\nautomatic: a [proceed]"
        ),
        .init(
            "a bold condition in a quote",
            "> [!NOTE]\n> **If it is old:**\(a)",
            "choice: **If it is old:**\nautomatic: a [proceed]"
        ),
        .init(
            "what may be skipped is done on an answer of its own",
            "## A\n\nIf it is on, you can skip this section.\(a)Then:\(b)## B\(b)",
            "choice: If it is on, you can skip this section.\nautomatic: a [do-it]\nautomatic: b [do-it]\nautomatic: b"
        ),
        .init(
            "the last sentence decides, in a quote too",
            "> It installs it. However, if that fails, try:\n>\n> ```bash\n> a\n> ```\n",
            "choice: It installs it. However, if that fails, try:\nautomatic: a [proceed]"
        ),
        .init(
            "an error is what the rest of its section is about",
            "## A\n\nIf you see this error:\n\n```text\nno plugin\n```\n\nInstall it:\(a)## B\(b)",
            "choice: If you see this error:\nautomatic: a [proceed]\nautomatic: b"
        ),
        .init(
            "one cloud and the others",
            "## T\n\n### For GCP (with a tool)\(a)### For other cloud providers (by hand)\(b)",
            "choice: One of these ways: For GCP (with a tool), For other cloud providers (by hand).\nautomatic: a [for-gcp-with-a-tool]\nautomatic: b [for-other-cloud-providers-by-hand]"
        ),
        .init(
            "what was recorded is no way",
            "Wait\(a)Alternatively, look at the `x get` output:\n\n```bash\nNAME   READY   STATUS\nx      1/1     Up\n```\n",
            "automatic: a\nshown: NAME   READY   STATUS"
        ),
        .init(
            "what is skipped elsewhere is done here",
            "## A\n\nRead it, and skip to step 3 of their instructions.\(a)",
            "automatic: a"
        ),
        .init(
            "what only some have is asked",
            "Install it:\(a)For those with the other tools, run:\(b)",
            "automatic: a\nchoice: For those with the other tools, run:\nautomatic: b [proceed]"
        ),
        .init(
            "scenarios side by side",
            "## T\n\n### Managed Scenario\(a)### Unmanaged Scenario\(b)",
            "choice: One of these ways: Managed Scenario, Unmanaged Scenario.\nautomatic: a [managed-scenario]\nautomatic: b [unmanaged-scenario]"
        ),
        .init(
            "when you are done you may, or not",
            "When you are done, you can delete it:\(a)",
            "choice: When you are done, you can delete it:\nautomatic: a [proceed]"
        ),
        .init(
            "alternatively after a condition",
            "If there is none, ask for one.\n\nAlternatively, make one:\(a)",
            "choice: Alternatively, make one:\nautomatic: a [proceed]"
        ),
        .init(
            "a condition of two sentences",
            "If it is full, empty it. It takes a minute.\(a)If it is new, read this. Now start it.\(b)",
            "choice: If it is full, empty it. It takes a minute.\nautomatic: a [proceed]\nautomatic: b"
        ),
        .init(
            "another way than the one before",
            "To make a small one instead, run:\(a)To make it instead of Bob, run:\(b)",
            "choice: To make a small one instead, run:\nautomatic: a [proceed]\nautomatic: b"
        ),
        // Ways.
        .init(
            "labels that name systems",
            "**CentOS**:\(a)**Ubuntu**:\(b)Then look.\(a)",
            "choice: One of these ways: centos, ubuntu.\nautomatic: a [centos]\nautomatic: b [ubuntu]\nautomatic: a"
        ),
        .init(
            "numbered options in paragraphs",
            "Option #1: on a disk\(a)Option #2: in memory\(b)",
            "choice: One of these ways: option-1, option-2.\nautomatic: a [option-1]\nautomatic: b [option-2]"
        ),
        .init(
            "versions",
            "**For versions <= 2:**\(a)**For versions >= 3:**\(b)",
            "choice: One of these ways: for-versions-2, for-versions-3.\nautomatic: a [for-versions-2]\nautomatic: b [for-versions-3]"
        ),
        .init(
            "headings with and without something",
            "## Nodes with disks\(a)## Nodes without disks\(b)",
            "choice: One of these ways: Nodes with disks, Nodes without disks.\nautomatic: a [nodes-with-disks]\nautomatic: b [nodes-without-disks]"
        ),
        .init("with alone is no way", "## Nodes with disks\(a)## Disks\(b)", "automatic: a\nautomatic: b"),
        .init(
            "numbered workarounds",
            "## The Workaround #1\(a)## The Workaround #2\(b)",
            "choice: One of these ways: The Workaround #1, The Workaround #2.\nautomatic: a [the-workaround-1]\nautomatic: b [the-workaround-2]"
        ),
        .init(
            "items that name systems",
            "1. Fedora: run `dnf install a`\n2. Debian: run `apt install a`\n",
            "choice: One of these ways: fedora, debian.\nby hand: Fedora: run `dnf install a` [fedora]\nby hand: Debian: run `apt install a` [debian]"
        ),
        .init(
            "a list after a sentence that announces ways",
            "You have two ways:\n\n1. Ask Ann.\n2. Ask Bob.\n",
            "choice: One of these ways: ask-ann, ask-bob.\nby hand: Ask Ann. [ask-ann]\nby hand: Ask Bob. [ask-bob]"
        ),
        .init(
            "comments that name systems",
            "```bash\n# Ubuntu\na\n# Yum\n# Red Hat\nb\n```\n",
            "by hand: # Ubuntu"
        ),
        .init(
            "one comment that names systems",
            "```bash\n# Debian and Ubuntu\na\n```\n",
            "automatic: # Debian and Ubuntu"
        ),
        .init(
            "tabs of one name follow one answer",
            "## A\n# [One](#tab/one)\(a)# [Two](#tab/two)\(b)---\n\n## B\(a)# [Two](#tab/two)\(b)---\n\(a)",
            "choice: One of these ways: one, two.\nautomatic: a [one]\nautomatic: b [two]\nautomatic: a [one]\nautomatic: b [two]\nautomatic: a"
        ),
        .init(
            "zones of one pivot follow one answer",
            ":::zone target=\"docs\" pivot=\"x\"\n\n## A\(a):::zone-end\n\n:::zone pivot=\"y\"\(b):::zone-end\n\n## C\(a)",
            "choice: One of these ways: x, y.\nautomatic: a [x]\nautomatic: b [y]\nautomatic: a"
        ),
        .init(
            "conditions in other words",
            "Only when it is dead, run:\(a)Should the node be lost, run:\(a)As a last resort, run:\(a)In rare cases, force it:\(b)",
            "choice: Only when it is dead, run:\nautomatic: a [proceed]\nchoice: Should the node be lost, run:\nautomatic: a [proceed]\nchoice: As a last resort, run:\nautomatic: a [proceed]\nchoice: In rare cases, force it:\nautomatic: b [proceed]"
        ),
        .init(
            "sections of which the text above says how many there are",
            "## Restore\n\nThere are two ways to restore it:\n\n### Repair it\(a)### Replace it\(b)## Look\(a)",
            "choice: One of these ways: Repair it, Replace it.\nautomatic: a [repair-it]\nautomatic: b [replace-it]\nautomatic: a"
        ),
        .init(
            "another number of sections is none of ways",
            "## Restore\n\nThere are two ways to restore it.\n\n### Prepare\(a)### Repair it\(b)### Replace it\(b)",
            "automatic: a\nautomatic: b\nautomatic: b"
        ),
        .init(
            "clouds by their long names",
            "## Google Cloud Platform\(a)## Microsoft Azure AKS\(b)## Amazon Web Services (AWS)\(b)",
            "choice: One of these ways: Google Cloud Platform, Microsoft Azure AKS, Amazon Web Services (AWS).\nautomatic: a [google-cloud-platform]\nautomatic: b [microsoft-azure-aks]\nautomatic: b [amazon-web-services-aws]"
        ),
        .init(
            "a quote between the announcement and the ways",
            "1. Use one of the following methods:\n\n   > [!NOTE]\n   > Both are slow.\n\n   1. By hand:\n\n      ```bash\n      a\n      ```\n\n   2. With the tool:\n\n      ```bash\n      b\n      ```\n",
            "choice: One of these ways: by-hand, with-the-tool.\nautomatic: a [by-hand]\nautomatic: b [with-the-tool]"
        ),
        .init(
            "ways that code cuts",
            "You have two ways to pass it:\n\n1. Use the profile:\n```bash\na\n```\n2. Use the keys:\n\n```bash\nb\n```\n",
            "choice: One of these ways: use-the-profile, use-the-keys.\nautomatic: a [use-the-profile]\nautomatic: b [use-the-keys]"
        ),
        .init(
            "an alternative by its label",
            "**App**, compiled:\(a)Faster alternative option (wheel):\(b)",
            "choice: One of these 2 ways.\nautomatic: a [way-1]\nautomatic: b [way-2]"
        ),
        .init(
            "something instead of what stands before it",
            "\(a)To print the short form instead of the long form, use `--short`:\(b)",
            "automatic: a\nchoice: To print the short form instead of the long form, use `--short`:\nautomatic: b [proceed]"
        ),
        .init(
            "sections after the sentence that announces them",
            "# T\nUse one of the options below to install it.\n\n## Download it\(a)## Pull it\(b)",
            "choice: One of these ways: Download it, Pull it.\nautomatic: a [download-it]\nautomatic: b [pull-it]"
        ),
        .init(
            "one object and two means",
            "# T\n## Deploying manually with kubectl\(a)## Deploying with Helm chart\(b)",
            "choice: One of these ways: Deploying manually with kubectl, Deploying with Helm chart.\nautomatic: a [deploying-manually-with-kubectl]\nautomatic: b [deploying-with-helm-chart]"
        ),
        .init(
            "other words after *with* are no means",
            "# T\n## Deploying with care\(a)## Deploying with Helm chart\(b)",
            "automatic: a\nautomatic: b"
        ),
        .init(
            "the same steps once more",
            "# T\n## By hand\(a)## By script\n\nIt does the same steps as in the previous section.\(b)",
            "choice: One of these ways: By hand, By script.\nautomatic: a [by-hand]\nautomatic: b [by-script]"
        ),
        .init(
            "steps for some",
            "# T\(a)## Additional steps for private names\(b)",
            "automatic: a\nchoice: Additional steps for private names\nautomatic: b [proceed]"
        ),
        .init(
            "a condition with an example speaks of that alone",
            "# T\nIf it is new, look at it, e.g.:\n\n```text\nx\n```\n\nStart it:\(a)",
            "automatic: a"
        ),
        .init(
            "what happens by itself is no condition",
            "# T\nIf the update fails it will roll back.\(a)",
            "automatic: a"
        ),
        .init(
            "a label that names one system alone",
            "# T\n**Steps to perform on Mac**\n\n1. Do it:\n   ```bash\n   a\n   ```\n\nThen:\(b)",
            "choice: **Steps to perform on Mac**\nautomatic: a [proceed]\nautomatic: b"
        ),
        .init(
            "two things that one can do",
            "# T\nTo change it, you can do two things:\n\n1. Update the file.\n2. Set `X` to 1.\n\nThese are two things:\n\n1. Update the name.\n2. Set `Y` to 1.\n",
            "choice: One of these ways: update-the-file, set-x-to-1.\nby hand: Update the file. [update-the-file]\nby hand: Set `X` to 1. [set-x-to-1]\nby hand: Update the name.\nby hand: Set `Y` to 1."
        ),
        .init(
            "products of which one is installed",
            "# Install a driver or a framework\n## Drivers\n### foo\n\n```bash\npip install foo\n```\n\n### bar\n\n```bash\npip3 install bar\n```\n## Frameworks\n### baz\n\n```bash\npip install baz\n```\n",
            "choice: One of these ways: foo, bar, baz.\nautomatic: pip install foo [foo]\nautomatic: pip3 install bar [bar]\nautomatic: pip install baz [baz]"
        ),
        .init(
            "products of which all are installed",
            "# Install the tools\n### foo\n\n```bash\npip install foo\n```\n\n### bar\n\n```bash\npip install bar\n```\n",
            "automatic: pip install foo\nautomatic: pip install bar"
        ),
        .init(
            "other steps before a command",
            "# T\n- Go to your clone of [x](y) and follow the remaining steps of its [installation](z).\n\n```bash\n./apply-all\n```\n\nFollow the steps below to start [it](x):\(a)",
            "asks first: ./apply-all\nautomatic: a"
        ),
        .init(
            "what is written before a command",
            "# T\nOnce you have adapted the template above and stored it, run:\(a)Once you have installed it, run:\(b)",
            "asks first: a\nautomatic: b"
        ),
        // Headings.
        .init(
            "more examples are shown",
            "# T\n## More Examples\(a)## Build the examples\(b)",
            "shown: a\nautomatic: b"
        ),
        .init("next steps are no part of a run", "# T\n## Next steps\(a)", "shown: a"),
        .init(
            "but for those of an incident",
            "# T\n## Mitigation\(a)## Next steps\(b)",
            "automatic: a\nautomatic: b"
        ),
    ]

    @Test(arguments: rows) func `ways and conditions`(_ row: StepTests.Row) {
        #expect(Self.outline(row.text) == row.outline)
    }
}
