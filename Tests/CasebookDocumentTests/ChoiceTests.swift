import CasebookDocument
import Testing

/// Conditions and alternatives, as a run would meet them.
@Suite("what is done only sometimes")
struct ChoiceTests {
    /// `kind name: headline`, and in brackets what must have been answered; one line an item.
    private func outline(_ text: String) -> String {
        let runbook = Runbook.read(SourceText(name: "t.md", bytes: Array(text.utf8)))
        return runbook.items.map { item in
            let condition = item.place.condition.map { " [\($0.gate): \($0.answer)]" } ?? ""
            return "\(item.kind.rawValue) \(item.id): \(item.headline)\(condition)"
        }
        .joined(separator: "\n")
    }

    @Test func `a conditional paragraph asks before the code that follows it`() {
        let text = """
            # T
            ## Steps
            If the service is down, restart it:

            ```bash
            systemctl restart a
            ```

            ```bash
            systemctl status a
            ```

            Then look again.

            ```bash
            uptime
            ```
            """
        #expect(
            outline(text) == """
                choice steps-1: If the service is down, restart it:
                automatic steps-2: systemctl restart a [steps-1: proceed]
                automatic steps-3: systemctl status a [steps-1: proceed]
                automatic steps-4: uptime
                """
        )
    }

    @Test func `a conditional list item asks before what it holds`() {
        let text = """
            1. Look:

               ```bash
               df -h
               ```

            2. When it is full:

               1. Stop the writer.
               2. Clean:

                  ```bash
                  ls /var/log
                  ```

            3. If nothing helps, call somebody.
            """
        #expect(
            outline(text) == """
                automatic step-1: df -h
                choice step-2: When it is full:
                by hand step-3: Stop the writer. [step-2: proceed]
                automatic step-4: ls /var/log [step-2: proceed]
                choice step-5: If nothing helps, call somebody.
                """
        )
    }

    @Test func `words that only sound conditional ask nothing`() {
        let text = """
            ## Steps
            When done, look:

            ```bash
            uptime
            ```

            If you know the service, you know the log. Read it first.

            ```bash
            tail -n 5 log
            ```
            """
        #expect(outline(text) == "automatic steps-1: uptime\nautomatic steps-2: tail -n 5 log")
    }

    @Test func `or between two blocks makes them a choice of one`() {
        let text = """
            ```bash
            apt-get install jq
            ```
            or

            ```bash
            apk add jq
            ```

            Alternatively, build it:

            ```bash
            make
            ```
            """
        #expect(
            outline(text) == """
                choice step-1: One of these 3 ways.
                automatic step-2: apt-get install jq [step-1: way-1]
                automatic step-3: apk add jq [step-1: way-2]
                automatic step-4: make [step-1: way-3]
                """
        )
    }

    @Test func `sections for different systems are a choice of one`() {
        let text = """
            # T
            ## Install
            ### On Ubuntu
            ```bash
            apt-get install jq
            ```
            ### On Red Hat
            ```bash
            dnf install jq
            ```
            ## Linux
            ```bash
            uname
            ```
            ## Check
            ```bash
            jq --version
            ```
            """
        #expect(
            outline(text) == """
                choice install-1: One of these ways: On Ubuntu, On Red Hat.
                automatic install-on-ubuntu-1: apt-get install jq [install-1: on-ubuntu]
                automatic install-on-red-hat-1: dnf install jq [install-1: on-red-hat]
                automatic linux-1: uname
                automatic check-1: jq --version
                """
        )
    }

    @Test func `headings that only begin with a system are no alternatives`() {
        let text = """
            ## More
            ### Using Azure Files
            ```bash
            a
            ```
            ### Using Azure Disks
            ```bash
            b
            ```
            """
        #expect(
            outline(text) == "automatic more-using-azure-files-1: a\nautomatic more-using-azure-disks-1: b"
        )
    }

    @Test func `prose is a step only where nothing stronger is`() {
        let text = """
            # T
            ## Mitigation
            - Check the queue.
            - **Restart** the worker.
            - The queue is in the basement.
            ## Notes
            - Check the queue.
            ## Reload
            Then run `systemctl reload web` on it.

            The tool `web ctl` is old.
            ## Cells
            Run `a b`.

            ```bash
            a b
            ```
            """
        #expect(
            outline(text) == """
                by hand mitigation-1: Check the queue.
                by hand mitigation-2: **Restart** the worker.
                by hand reload-1: Then run `systemctl reload web` on it.
                automatic cells-1: a b
                """
        )
    }

    @Test func `a choice inside a choice hangs on the inner one`() {
        let text = """
            ## If the primary is gone
            If there is a replica, promote it:

            ```bash
            promote
            ```

            ```bash
            ```

            Look.

            ```bash
            look
            ```
            """
        #expect(
            outline(text) == """
                choice if-the-primary-is-gone-1: If the primary is gone
                choice if-the-primary-is-gone-2: If there is a replica, promote it: [if-the-primary-is-gone-1: proceed]
                automatic if-the-primary-is-gone-3: promote [if-the-primary-is-gone-2: proceed]
                shown if-the-primary-is-gone-4:  [if-the-primary-is-gone-2: proceed]
                automatic if-the-primary-is-gone-5: look [if-the-primary-is-gone-1: proceed]
                """
        )
    }
}
