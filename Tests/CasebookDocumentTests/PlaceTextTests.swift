import CasebookDocument
import Testing

/// Sentences, steps and headings that go elsewhere, and those that do not.
@Suite struct PlaceTextTests {
    /// Whether the last cell is for a person.
    private static func isAway(_ text: String) -> Bool {
        let cell = Runbook.read("# T\n\(text)\n\n```bash\n./go\n```\n").cells.last
        if case .byHand = cell?.handling { return true }
        return false
    }

    @Test(
        "a sentence goes elsewhere, whatever it says besides",
        arguments: [
            "On the primary, run this command:",
            "On the server, run this:",
            "In the pod, run this:",
            "SSH into the node and run this:",
            "On your database server, run:",
            "On each of your nodes:",
            "Log in to your server:",
            "From the bastion host, run your query:",
            "Run `ssh web1`, then:",
            "Log in (`ssh web1`):",
            "Then, on the server:",
            "Now on the server run:",
            "Next, on the primary, run:",
            "From inside the pod:",
            "SSH to web1.",
            "From your laptop, ssh to the server:",
        ]
    )
    func away(_ text: String) { #expect(Self.isAway("## A\n\(text)")) }

    @Test(
        "a sentence about a machine of one's own goes nowhere",
        arguments: [
            "On your laptop, run:",
            "Back on your machine:",
            "On your local machine, run this on the server:",
            "Back up your data on the server:",
            "`ssh web1` opens a shell.",
        ]
    )
    func here(_ text: String) { #expect(!Self.isAway("## A\n\(text)")) }

    @Test(
        "only words for a machine of one's own lead back",
        arguments: [
            "Back up your data:",
            "On this host, run:",
            "From this directory run:",
            "Back in the shell, check this:",
        ]
    )
    func keeps(_ text: String) { #expect(Self.isAway("## A\n```bash\nssh db1\n```\n\n\(text)")) }

    @Test("they lead back", arguments: ["On your laptop:", "Back on the local machine:"])
    func returns(_ text: String) { #expect(!Self.isAway("## A\n```bash\nssh db1\n```\n\n\(text)")) }

    @Test(
        "a step that goes elsewhere takes the cells after it along",
        arguments: [
            "SSH to web1",
            "SSH into the bastion host",
            "Run `ssh web1`",
            "Execute `kubectl exec -it x -- bash`",
            "`sudo -i`",
            "Then `ssh web1`",
            "Please ssh to web1",
            "**SSH to web1**",
            "Log in to the server",
            "Exec into the pod",
            "Use `ssh web1` to connect",
        ]
    )
    func step(_ text: String) { #expect(Self.step(text)) }

    @Test(
        "a step that goes nowhere does not",
        arguments: [
            "Log in to Grafana",
            "On the primary, look at the lag",
            "Connect to the VPN",
            "SSH keys must exist",
        ]
    )
    func otherStep(_ text: String) { #expect(!Self.step(text)) }

    private static func step(_ text: String) -> Bool {
        isAway("## A\n1. \(text)\n2. Restart it:")
    }

    @Test(
        "what machines need is done there, also behind the labels of ways",
        arguments: [
            ("It is required on all storage nodes. For CentOS:", "sudo yum install x", true),
            ("It is required on all storage nodes:\n\n**CentOS**:", "sudo yum install x", true),
            (
                "It is required on all storage nodes:\n\n**Ubuntu**:\n\n```bash\nls\n```\n\n**CentOS**:",
                "sudo yum install x", true
            ),
            ("On the primary, run:\n\n**CentOS**:", "./go", true),
            ("It must be installed on all hosts:\n\n* CentOS:", "yum install x", true),
            ("The agent is installed on all nodes. Look at it:", "kubectl get pods", false),
            ("It is required:\n\n**CentOS**:", "sudo yum install x", false),
            ("It is required on this host:\n\n**CentOS**:", "sudo yum install x", false),
        ]
    )
    func needed(_ text: String, _ code: String, _ isAway: Bool) {
        let isItem = text.contains("* ")
        let fence = isItem ? "  ```bash\n  \(code)\n  ```\n" : "```bash\n\(code)\n```\n"
        let cell = Runbook.read("# T\n## A\n\(text)\n\n\(fence)").cells.last
        if case .byHand = cell?.handling { #expect(isAway, "\(text)") } else { #expect(!isAway, "\(text)") }
    }

    @Test(
        "a step leaves the shell",
        arguments: ["Exit the session", "Log out of the server", "Type `exit`", "`exit`"]
    )
    func leaves(_ text: String) {
        #expect(!Self.isAway("## A\n1. SSH to web1\n2. \(text)\n3. Restart it:"))
    }

    @Test(
        "a heading names a place",
        arguments: [
            ("## On the primary", true), ("## SSH to web1", true), ("## Run on the primary", true),
            ("## In the container", true), ("## Connect to the server", false), ("## In production", false),
        ]
    )
    func heading(_ text: String, _ expected: Bool) {
        #expect(Self.isAway("\(text)\nRestart it:") == expected)
    }

    @Test("an item names the place of the items in it")
    func around() {
        let text = "1. On the primary node:\n\n   1. Restart it:\n\n      ```bash\n      ./go\n      ```\n"
        let cells = Runbook.read(text).cells.map(\.handling)
        #expect(cells == [.byHand(because: "it is meant for elsewhere: \"on the primary node\"")])
    }

    @Test(
        "cells under a heading that only describes have their choices",
        arguments: ["FAQ", "Overview", "Escalation"]
    )
    func choices(_ title: String) {
        let cell = Runbook.read("# T\n## \(title)\nIf the disk is full, run:\n\n```bash\n./go\n```\n").items
            .last
        #expect(cell?.place.condition?.answer == "proceed")
    }
}
