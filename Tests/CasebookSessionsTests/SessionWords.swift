import CasebookDocument

/// One interpreter's words for the same acts.
struct SessionWords: Sendable {
    let set: String
    let show: String
    let exit3: String
    let fail: String
    let die: String
    let replace: String
    let read: String
    /// Waits far longer than any test does: only a time limit or an interrupt ends it.
    let wait: String
    let large: String
    var noSuch = "\nnosuch"
    let message: String
    let protocolText: String
    let showX: String
    let printBoth: String
    let giveValue: String
    /// Sets `MODE` in the environment to `it's "on"`, and something else that is not exported.
    let export: String
    let holdSecret: String
    var showSecret = "echo $t"
    var secretLabel = "variable t holds a secret"
}

extension SessionWords {
    /// Those of a live interpreter.
    static func of(_ interpreter: Interpreter) throws -> SessionWords {
        guard case .session(let driver) = interpreter.life else { throw Missing() }
        guard let words = all[driver] else { throw Missing() }
        return words
    }

    private struct Missing: Error {}

    private static let all: [Interpreter.Driver: SessionWords] = [
        .bash: shell(message: "runbooks/restore.md: line 44: nosuch: command not found\n"),
        .sh: shell(message: "runbooks/restore.md: 44: eval: nosuch: not found\n"),
        .zsh: shell(message: "runbooks/restore.md:44: command not found: nosuch\n"),
        .fish: SessionWords(
            set: "set x 42; cd /tmp",
            show: "echo $x $PWD",
            exit3: "exit 3; echo never",
            // A failing command does not end a cell of fish.
            fail: "echo a; false",
            die: "kill -9 $fish_pid",
            replace: "exec true",
            read: "read y; or echo eof",
            wait: "sleep 900",
            large: "yes 0123456789 2>/dev/null | head -c 10000000",
            message: "fish: Unknown command: nosuch\nrunbooks/restore.md (line 44): \nnosuch\n^~~~~^\n",
            protocolText: "printf 'E 1 0 0\\nR\\nX 2 0 0\\n'",
            showX: "printf '%s\\n' \"$X\"",
            printBoth: "echo out; echo err >&2",
            giveValue: "echo A=1 >> \"$CASEBOOK_OUTPUT\"",
            export: "set -gx MODE 'it\\'s \"on\"'; set -g MINE 1",
            holdSecret: "set t 'pa$s'\nset u 1"
        ),
        .python: SessionWords(
            set: "x = 41 + 1\nimport os; os.chdir('/tmp')",
            show: "print(x, os.getcwd())",
            exit3: "import sys; sys.exit(3); print('never')",
            fail: "print('a'); 1/0",
            die: "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
            replace: "import os; os.execlp('true', 'true')",
            read: "try: input()\nexcept EOFError: print('eof')",
            wait: "import time; time.sleep(900)",
            large: "import sys; _ = sys.stdout.write('0123456789' * 1000000)",
            message:
                "Traceback (most recent call last):\n  File \"runbooks/restore.md\", line 44, in <module>\n"
                + "    nosuch\nNameError: name 'nosuch' is not defined\n",
            protocolText: "print('E 1 0 0\\nR\\nX 2 0 0')",
            showX: "import os; print(os.environ['X'])",
            printBoth: "import sys; print('out'); print('err', file=sys.stderr)",
            giveValue: "import os; print('A=1', file=open(os.environ['CASEBOOK_OUTPUT'], 'a'))",
            export: "import os; os.environ['MODE'] = 'it\\'s \"on\"'; MINE = 1",
            holdSecret: "t = 'pa$s'\nu = 1",
            showSecret: "print(t)"
        ),
        .node: SessionWords(
            set: "var x = 41 + 1; process.chdir('/tmp')",
            show: "console.log(x, process.cwd())",
            exit3: "process.exit(3); console.log('never')",
            fail: "console.log('a'); null.x; console.log('never')",
            die: "process.kill(process.pid, 'SIGKILL'); await new Promise(() => setInterval(() => {}, 9))",
            replace: "process.reallyExit(0)",
            read:
                "let line = 'eof'\nfor await (line of require('readline').createInterface(process.stdin));\nconsole.log(line)",
            wait: "await new Promise((done) => setTimeout(done, 900000))",
            large: "process.stdout.write('0123456789'.repeat(1000000)); undefined",
            message: "ReferenceError: nosuch is not defined\n    at runbooks/restore.md:44:1\n",
            protocolText: "console.log('E 1 0 0\\nR\\nX 2 0 0')",
            showX: "console.log(process.env.X)",
            printBoth: "console.log('out'); console.error('err')",
            giveValue: "require('fs').appendFileSync(process.env.CASEBOOK_OUTPUT, 'A=1\\n')",
            export: "process.env.MODE = 'it\\'s \"on\"'; var MINE = 1",
            holdSecret: "var t = 'pa$s'; var u = 1",
            showSecret: "console.log(t)"
        ),
        .ruby: SessionWords(
            set: "x = 41 + 1; Dir.chdir('/tmp'); nil",
            show: "puts \"#{x} #{Dir.pwd}\"",
            exit3: "exit 3; puts 'never'",
            fail: "puts 'a'; 1 / 0; puts 'never'",
            die: "Process.kill(:KILL, $$); sleep",
            replace: "exec 'true'",
            read: "puts gets || 'eof'",
            wait: "sleep 900",
            large: "$stdout.write('0123456789' * 1_000_000); nil",
            message:
                "runbooks/restore.md:44:in `<main>': undefined local variable or method `nosuch' for main:Object (NameError)\n",
            protocolText: "puts \"E 1 0 0\\nR\\nX 2 0 0\"",
            showX: "$stdout.write(ENV['X'], \"\\n\"); nil",
            printBoth: "puts 'out'; $stderr.puts 'err'",
            giveValue: "File.write(ENV['CASEBOOK_OUTPUT'], \"A=1\\n\", mode: 'a'); nil",
            export: "ENV['MODE'] = 'it\\'s \"on\"'; MINE = 1",
            holdSecret: "t = 'pa$s'; u = 1",
            showSecret: "puts t"
        ),
        .perl: SessionWords(
            set: "use Cwd; my $x = 41 + 1; chdir '/tmp';",
            show: "print \"$x \", getcwd(), \"\\n\";",
            exit3: "exit 3; print 'never';",
            fail: "print \"a\\n\"; my $y = 1 / 0; print 'never';",
            die: "kill 'KILL', $$; sleep 9;",
            replace: "exec 'true';",
            read: "print <STDIN> // \"eof\\n\";",
            wait: "sleep 900",
            large: "print '0123456789' x 1_000_000;",
            noSuch: "\nnosuch();",
            message: "Undefined subroutine &main::nosuch called at runbooks/restore.md line 44.\n",
            protocolText: "print \"E 1 0 0\\nR\\nX 2 0 0\\n\"",
            showX: "print \"$ENV{X}\\n\"",
            printBoth: "print \"out\\n\"; print STDERR \"err\\n\"",
            giveValue: "open(my $file, '>>', $ENV{CASEBOOK_OUTPUT}); print $file \"A=1\\n\"; close $file",
            export: "$ENV{MODE} = 'it\\'s \"on\"'; my $mine = 1;",
            holdSecret: "my $t = 'pa$s'; our $u = 1;",
            showSecret: "print \"$t\\n\"",
            secretLabel: "variable $t holds a secret"
        ),
    ]

    private static func shell(message: String) -> SessionWords {
        SessionWords(
            set: "x=42; cd /tmp",
            show: "echo $x $PWD",
            exit3: "exit 3; echo never",
            fail: "echo a; false; echo never",
            die: "kill -9 $$",
            replace: "exec true",
            read: "read y || echo eof",
            wait: "sleep 900",
            large: "yes 0123456789 2>/dev/null | head -c 10000000",
            message: message,
            protocolText: "printf 'E 1 0 0\\nR\\nX 2 0 0\\n'",
            showX: "printf '%s\\n' \"$X\"",
            printBoth: "echo out; echo err >&2",
            giveValue: "echo A=1 >> \"$CASEBOOK_OUTPUT\"",
            export: "MODE='it'\"'\"'s \"on\"'; export MODE; MINE=1",
            holdSecret: "t='pa$s'\nu=1"
        )
    }
}
