import CasebookDocument
import Testing

/// What the text right before a block says about it; one row for each rule.
@Suite("what is said before code")
struct IntroductionTests {
    private func handling(_ text: String, _ code: String, tag: String = "bash") throws -> String {
        try RecordedTests.handling(of: "\(text)\n\n```\(tag)\n\(code)\n```\n")
    }

    @Test(
        "an announced output is only shown",
        arguments: [
            "Output:", "**Sample output**", "Expected output:", "You should get exactly this output:",
            "The result is similar to:", "You should see something like this:", "It looks like this:",
            "This will return something like:", "The target will appear in the help as:",
            "You may see the following error:", "If you see this error:", "You should see that:",
            "This command should return some output similar to this example:",
            "When you run it, you should see:", "The following errors will be logged:",
        ]
    )
    func output(_ text: String) throws {
        #expect(
            try handling(text, "thing-a   ready")
                == "shown: it looks like recorded output, as the text before it says"
        )
    }

    @Test(
        "a sentence that tells to run something announces none",
        arguments: [
            "Run the following command and look at the output:", "Let's run it and inspect the output:",
            "Use this to see something like it:", "To see the output, run:",
            "You should see the pod, now delete it:",
            "Output", "The following command will show something like it:", "Restart it.",
            "This will show all pods:", "Fix the following error:", "To fix the error message:",
            "The command looks like this:", "The pod looks like it hangs:",
        ].filter { $0 != "Output" }
    )
    func order(_ text: String) throws { #expect(try handling(text, "thing-a   ready") == "run") }

    @Test("a known command after an announcement runs, unless it repeats the cell before")
    func repeated() throws {
        #expect(try handling("You should see this:", "kubectl get pods") == "run")
        #expect(try handling("Sample output:", "$ kubectl get pods\nNAME") == "run")
        let text = """
            ```bash
            cd x
            ./start.sh
            ```

            You should see output like this:

            ```bash
            $ ./start.sh
            ready
            ```

            ```bash
            ls
            ```
            """
        let items = Runbook.read(text).items.map { "\($0.kind.rawValue): \($0.headline)" }
        #expect(items == ["automatic: cd x", "shown: ./start.sh", "automatic: ls"])
    }

    @Test("announced output in Python is only shown")
    func python() throws {
        #expect(
            try handling("This will return something like:", "{'a': 1}", tag: "python")
                == "shown: it looks like recorded output, as the text before it says"
        )
        #expect(try handling("You should see this:", "import a\na.b()", tag: "python") == "run")
    }

    @Test(
        "an example is only shown",
        arguments: [
            "Example:", "**Example**", "Here's an example of a wrapper:", "Here is an example machine list:",
            "Following is an example of a script:", "The following is an example:",
            "Below are some examples of calls:",
            "Example: You want two of them.", "That would work, e.g.:", "Suppose you have two of them:",
            "Here is an example list. Notice that it is short. Yours can be longer.",
        ]
    )
    func example(_ text: String) throws {
        #expect(try handling(text, "ls") == "shown: it is an example, as the text before it says")
    }

    @Test(
        "an order with an example is done by hand",
        arguments: [
            "For example:", "Scale it down, e.g.:", "Log in to the host. Example:", "Stop it, for example:",
            "Do something like this:",
        ]
    )
    func likeIt(_ text: String) throws {
        #expect(try handling(text, "ls") == "by hand: it is an example, as the text before it says")
    }

    @Test(
        "a sentence that only speaks of examples stops nothing",
        arguments: [
            "The following example creates a disk:", "For example, to check it, run:",
            "Run this, for example:", "This is the command:", "In this example we start two:",
        ]
    )
    func real(_ text: String) throws { #expect(try handling(text, "ls") == "run") }

    @Test(
        "the content of a file is written by hand",
        arguments: [
            ("Create a Python script `app.py`:", "python", "app.py"),
            ("### Create the `app.py` File", "python", "app.py"),
            ("Add the following to your `~/.bashrc`:", "bash", "~/.bashrc"),
            ("Add to .bashrc or .zshrc:", "bash", ".bashrc"),
            ("Save the following as `/usr/bin/x.sh`:", "bash", "/usr/bin/x.sh"),
            ("by adding the following to your `$HOME/.zshrc`:", "bash", "$HOME/.zshrc"),
            ("Ensure the following is in your bashrc or similar. `x` does it too:", "bash", "bashrc"),
            ("Write a file called `x.rb`:", "ruby", "x.rb"),
        ]
    )
    func file(_ text: String, _ tag: String, _ name: String) throws {
        #expect(try handling(text, "alias x=y", tag: tag) == "by hand: it is the content of `\(name)`")
    }

    @Test(
        "a command that makes the file runs",
        arguments: [
            ("Create the file `app.py`:", "cat > app.py <<EOF\nx\nEOF"),
            ("Save it as `/etc/x.service`:", "mv x.service /etc"),
            ("Create the objects in `x.yaml`:", "make apply"), ("Create `x.txt` by running:", "make x"),
            ("Create a secret from `x.env`:", "make secret"),
            ("Save the following in `values.yaml`:", "kubectl get x"),
            ("Check `app.py`:", "wc"), ("Add the host to `inventory`:", "./add"),
        ]
    )
    func command(_ text: String, _ code: String) throws { #expect(try handling(text, code) == "run") }

    @Test("a command of another shell that names the file is no content of it")
    func otherShell() throws {
        #expect(
            try handling("Write `x.js`:", "link x.js", tag: "powershell")
                == "by hand: this version does not run PowerShell"
        )
    }

    @Test("a value that is only that of an example stops it")
    func exampleValue() throws {
        let text =
            "Pass the user. In this example the user would be `client.a` (of the pool). It may have a suffix."
        #expect(
            try handling(text, "tool --user client.a")
                == "by hand: `client.a` is a value of an example, as the text before it says"
        )
        #expect(try handling(text, "tool --user client.b") == "run")
    }

    @Test("a recorded session after its announcement is only shown")
    func session() throws {
        let why = "shown: it looks like recorded output, as the text before it says"
        #expect(
            try handling("Here is the result if we tried to (note the `END`):", "$ ./go.sh\nE1 broken") == why
        )
        #expect(
            try handling("If the pod logs the following errors, the disk is full.", "received status: 500")
                == why
        )
        #expect(
            try handling("The warnings will look like this:", "db> show x\n+--+\n| a|", tag: "mysql") == why
        )
        #expect(try handling("Here is the command:", "$ ./go.sh\nE1 broken") == "run")
    }

    @Test("a script that is to be saved is no cell")
    func saved() throws {
        let text = "It does it all. Place the script in the root of your clone. It takes a while."
        #expect(
            try handling(text, "#!/usr/bin/env bash\nmake cluster")
                == "by hand: it is a script that the text says to save"
        )
        #expect(try handling(text, "make cluster") == "run")
        #expect(try handling("Run the script in the root:", "#!/usr/bin/env bash\nmake cluster") == "run")
    }

    @Test("a script that reads its arguments is no cell")
    func arguments() throws {
        let why = "by hand: it is a script that is given arguments"
        #expect(try handling("Text.", "#!/bin/sh\necho $1") == why)
        #expect(try handling("Text.", "#!/bin/sh\nexec kops \"$@\"") == why)
        #expect(try handling("Text.", "#!/bin/sh\nls | awk '{ print $1 }'") == "run")
        #expect(try handling("Text.", "#!/bin/sh\nls") == "run")
    }

    @Test("a sentence that says to change the code first stops it")
    func change() throws {
        #expect(
            try handling("Replace the values with your own, then run:", "ls")
                == "by hand: the text says to change it first: \"replace the values with your own\""
        )
        #expect(
            try handling("Update the values in the command, and then run it.", "ls")
                == "by hand: the text says to change it first: \"update the values in the command\""
        )
        #expect(try handling("Update the system:", "ls") == "run")
        #expect(try handling("Change the password:", "ls") == "run")
    }

    @Test("`run=yes` says that it is code")
    func said() throws { #expect(try handling("Example:", "ls", tag: "bash {run=yes}") == "run") }

    @Test("an unindented block after an item is what the item speaks of")
    func item() throws {
        #expect(
            try handling("1. Create `app.py`:", "x = 1", tag: "python")
                == "by hand: it is the content of `app.py`"
        )
    }
}
