import CasebookDocument
import Testing

/// One cell of the tables in `docs/reference/interpreters.md`: what makes the thing, and what shows that it is there.
struct KeptThing: CustomTestStringConvertible, Sendable {
    let row: String
    let interpreter: Interpreter
    let make: String
    let show: String
    /// What is printed as long as it is there.
    let shown: String

    var testDescription: String { "\(interpreter.name): \(row)" }

    init(_ row: String, _ driver: Interpreter.Driver, _ make: String, _ show: String, _ shown: String) {
        self.row = row
        interpreter = Interpreter.live.first { $0.life == .session(driver) } ?? .bash
        self.make = make
        self.show = show
        self.shown = shown
    }
}

extension KeptThing {
    static let all: [KeptThing] = firstThree + others

    private static let firstThree: [KeptThing] = [
        KeptThing(
            "variables, exported ones too",
            .bash,
            "x='a b'; export y=2; A=(1 'two words'); declare -A M=([k]=v); declare -i n=5; readonly r=7",
            "n=n+1; echo \"$x $(sh -c 'echo $y') ${A[1]} ${M[k]} $n\"; (r=1) 2>/dev/null || echo fixed",
            "a b 2 two words v 6\nfixed\n"
        ),
        KeptThing(
            "variables, exported ones too",
            .sh,
            "x='a b'; export y=2; readonly r=7",
            "echo \"$x $(sh -c 'echo $y')\"; (r=1) 2>/dev/null || echo fixed",
            "a b 2\nfixed\n"
        ),
        KeptThing("variables", .python, "x = {'a': [1, 'b']}", "print(x)", "{'a': [1, 'b']}\n"),
        KeptThing("functions", .bash, "f() { echo \"f of $1\"; }", "f 1", "f of 1\n"),
        KeptThing("functions", .sh, "f() { echo \"f of $1\"; }", "f 1", "f of 1\n"),
        KeptThing(
            "functions, classes",
            .python,
            "def f(n):\n    return n + 1\n\nclass C:\n    size = 3",
            "print(f(1), C().size)",
            "2 3\n"
        ),
        KeptThing("aliases", .bash, "alias hi='echo hi'", "hi", "hi\n"),
        KeptThing("aliases", .sh, "alias hi='echo hi'", "hi", "hi\n"),
        KeptThing("modules", .python, "import math as m", "print(m.floor(2.5))", "2\n"),
        KeptThing(
            "options (`set -o`, `shopt`)",
            .bash,
            "set -o noglob; shopt -s nullglob",
            "[[ -o noglob ]] && shopt -q nullglob && echo set",
            "set\n"
        ),
        KeptThing("options (`set -o`, `shopt`)", .sh, "set -f", "case $- in *f*) echo set ;; esac", "set\n"),
        KeptThing("working directory", .bash, "cd /usr/lib", "pwd", "/usr/lib\n"),
        KeptThing("working directory", .sh, "cd /usr/lib", "pwd", "/usr/lib\n"),
        KeptThing(
            "working directory",
            .python,
            "import os; os.chdir('/usr/lib')",
            "import os; print(os.getcwd())",
            "/usr/lib\n"
        ),
        KeptThing("environment variables", .bash, "export E=1", "sh -c 'echo $E'", "1\n"),
        KeptThing("environment variables", .sh, "export E=1", "sh -c 'echo $E'", "1\n"),
        KeptThing(
            "environment variables",
            .python,
            "import os; os.environ['E'] = '1'",
            "import os; print(os.environ.get('E'))",
            "1\n"
        ),
        KeptThing("umask", .bash, "umask 0027", "umask", "0027\n"),
        KeptThing("umask", .sh, "umask 0027", "umask", "0027\n"),
        KeptThing(
            "umask",
            .python,
            "import os; _ = os.umask(0o027)",
            "import os; mask = os.umask(0); _ = os.umask(mask); print(oct(mask))",
            "0o27\n"
        ),
        KeptThing("traps", .bash, "trap 'echo got it' USR1", "kill -USR1 $$; echo on", "got it\non\n"),
        KeptThing("traps", .sh, "trap 'echo got it' USR1", "kill -USR1 $$; echo on", "got it\non\n"),
        KeptThing(
            "signal handlers",
            .python,
            "import signal; _ = signal.signal(signal.SIGUSR1, lambda *_: print('got it'))",
            "import os, signal; os.kill(os.getpid(), signal.SIGUSR1)",
            "got it\n"
        ),
        KeptThing("background jobs", .bash, "sleep 900 &", "kill -0 \"$!\" && echo alive", "alive\n"),
        KeptThing("background jobs", .sh, "sleep 900 &", "kill -0 \"$!\" && echo alive", "alive\n"),
        KeptThing(
            "background jobs",
            .python,
            "import subprocess; job = subprocess.Popen(['sleep', '60'])",
            "print(job.poll())",
            "None\n"
        ),
        KeptThing(
            "open descriptors but 0, 1, 2",
            .bash,
            "exec 7</dev/null",
            "read x <&7 || echo end",
            "end\n"
        ),
        KeptThing("open descriptors but 0, 1, 2", .sh, "exec 7</dev/null", "read x <&7 || echo end", "end\n"),
        KeptThing(
            "open descriptors but 0, 1, 2",
            .python,
            "file = open('/dev/null')",
            "print(len(file.read()))",
            "0\n"
        ),
    ]
}
