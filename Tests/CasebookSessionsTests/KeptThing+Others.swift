import CasebookDocument

extension KeptThing {
    /// Those of the other interpreters.
    static let others: [KeptThing] = [
        KeptThing(
            "variables, exported ones too",
            .zsh,
            "x='a b'; export y=2; A=(1 'two words'); typeset -A M=(k v); typeset -i n=5; readonly r=7",
            "n=n+1; echo \"$x $(sh -c 'echo $y') ${A[2]} ${M[k]} $n\"; (r=1) 2>/dev/null || echo fixed",
            "a b 2 two words v 6\nfixed\n"
        ),
        KeptThing(
            "variables, exported ones too",
            .fish,
            "set -g x 'a b'; set -gx y 2; set -g A 1 'two words'",
            "echo $x (sh -c 'echo $y') $A[2]",
            "a b 2 two words\n"
        ),
        KeptThing(
            "functions",
            .zsh,
            "f() { echo \"f of $1\"; }",
            "f 1",
            "f of 1\n"
        ),
        KeptThing(
            "functions",
            .fish,
            "function f; echo \"f of $argv[1]\"; end",
            "f 1",
            "f of 1\n"
        ),
        KeptThing(
            "aliases",
            .zsh,
            "alias hi='echo hi'",
            "hi",
            "hi\n"
        ),
        KeptThing(
            "aliases",
            .fish,
            "alias hi 'echo hi'",
            "hi",
            "hi\n"
        ),
        KeptThing(
            "options (`set -o`, `shopt`)",
            .zsh,
            "setopt nullglob",
            "[[ -o nullglob ]] && echo on",
            "on\n"
        ),
        KeptThing(
            "working directory",
            .zsh,
            "cd /tmp",
            "pwd",
            "/tmp\n"
        ),
        KeptThing(
            "working directory",
            .fish,
            "cd /tmp",
            "pwd",
            "/tmp\n"
        ),
        KeptThing(
            "environment variables",
            .zsh,
            "export E=1",
            "sh -c 'echo $E'",
            "1\n"
        ),
        KeptThing(
            "environment variables",
            .fish,
            "set -gx E 1",
            "sh -c 'echo $E'",
            "1\n"
        ),
        KeptThing(
            "umask",
            .zsh,
            "umask 027",
            "umask",
            "027\n"
        ),
        KeptThing(
            "umask",
            .fish,
            "umask 027",
            "umask",
            "0027\n"
        ),
        KeptThing(
            "traps",
            .zsh,
            "trap 'echo usr' USR1",
            "kill -USR1 $$; sleep 0.2",
            "usr\n"
        ),
        KeptThing(
            "traps",
            .fish,
            "function on_usr --on-signal USR1; echo usr; end",
            "kill -USR1 $fish_pid; sleep 0.2",
            "usr\n"
        ),
        KeptThing(
            "background jobs",
            .zsh,
            "sleep 900 & p=$!",
            "kill -0 $p && echo alive",
            "alive\n"
        ),
        KeptThing(
            "background jobs",
            .fish,
            "sleep 900 &; set -g p $last_pid",
            "kill -0 $p; and echo alive",
            "alive\n"
        ),
        KeptThing(
            "open descriptors but 0, 1, 2",
            .zsh,
            "exec 7</dev/null",
            "read x <&7 || echo end",
            "end\n"
        ),
        KeptThing(
            "variables",
            .node,
            "var x = { a: [1, 'b'] }; undefined",
            "console.log(JSON.stringify(x))",
            "{\"a\":[1,\"b\"]}\n"
        ),
        KeptThing(
            "variables",
            .ruby,
            "x = { 'a' => [1, 'b'] }; nil",
            "puts x.inspect",
            "{\"a\"=>[1, \"b\"]}\n"
        ),
        KeptThing(
            "variables",
            .perl,
            "our %x = (a => [1, 'b']); my $y = 2;",
            "print \"$x{a}[1] $y\\n\"",
            "b 2\n"
        ),
        KeptThing(
            "functions, classes",
            .node,
            "function f(n) { return n + 1 }\nclass C { size() { return 3 } }\nundefined",
            "console.log(f(1), new C().size())",
            "2 3\n"
        ),
        KeptThing(
            "functions, classes",
            .ruby,
            "def f(n) = n + 1\nclass C\n  def size = 3\nend\nnil",
            "puts \"#{f(1)} #{C.new.size}\"",
            "2 3\n"
        ),
        KeptThing(
            "functions, classes",
            .perl,
            "sub f { return $_[0] + 1 }\npackage C { sub size { 3 } }",
            "print f(1), ' ', C->size, \"\\n\"",
            "2 3\n"
        ),
        KeptThing(
            "modules",
            .node,
            "const m = require('path'); undefined",
            "console.log(m.basename('docs/b.md'))",
            "b.md\n"
        ),
        KeptThing(
            "modules",
            .ruby,
            "require 'json'; nil",
            "puts JSON.generate([1])",
            "[1]\n"
        ),
        KeptThing(
            "modules",
            .perl,
            "use List::Util qw(sum);",
            "print sum(1, 2), \"\\n\"",
            "3\n"
        ),
        KeptThing(
            "working directory",
            .node,
            "process.chdir('/tmp')",
            "console.log(process.cwd())",
            "/tmp\n"
        ),
        KeptThing(
            "working directory",
            .ruby,
            "Dir.chdir('/tmp'); nil",
            "puts Dir.pwd",
            "/tmp\n"
        ),
        KeptThing(
            "working directory",
            .perl,
            "chdir '/tmp';",
            "use Cwd; print getcwd(), \"\\n\"",
            "/tmp\n"
        ),
        KeptThing(
            "environment variables",
            .node,
            "process.env.E = '1'; undefined",
            "console.log(process.env.E)",
            "1\n"
        ),
        KeptThing(
            "environment variables",
            .ruby,
            "ENV['E'] = '1'; nil",
            "puts ENV['E']",
            "1\n"
        ),
        KeptThing(
            "environment variables",
            .perl,
            "$ENV{E} = 1;",
            "print `sh -c 'echo \\$E'`",
            "1\n"
        ),
        KeptThing(
            "umask",
            .node,
            "process.umask(0o27); undefined",
            "console.log(process.umask())",
            "23\n"
        ),
        KeptThing(
            "umask",
            .ruby,
            "File.umask(027); nil",
            "puts File.umask.to_s(8)",
            "27\n"
        ),
        KeptThing(
            "umask",
            .perl,
            "umask 027;",
            "printf \"%o\\n\", umask",
            "27\n"
        ),
        KeptThing(
            "signal handlers",
            .node,
            "process.on('SIGUSR2', () => console.log('usr')); undefined",
            "process.kill(process.pid, 'SIGUSR2'); await new Promise((done) => setTimeout(done, 200)); undefined",
            "usr\n"
        ),
        KeptThing(
            "signal handlers",
            .ruby,
            "trap('USR1') { puts 'usr' }; nil",
            "Process.kill(:USR1, $$); sleep 0.2; nil",
            "usr\n"
        ),
        KeptThing(
            "signal handlers",
            .perl,
            "$SIG{USR1} = sub { print \"usr\\n\" };",
            "kill USR1 => $$; select undef, undef, undef, 0.2;",
            "usr\n"
        ),
        KeptThing(
            "background jobs",
            .node,
            "var child = require('child_process').spawn('sleep', ['60'], { stdio: 'ignore' }); child.unref(); var p = child.pid; undefined",
            "try { process.kill(p, 0); console.log('alive') } catch {}",
            "alive\n"
        ),
        KeptThing(
            "background jobs",
            .ruby,
            "p1 = spawn('sleep 900'); nil",
            "begin; Process.kill(0, p1); puts 'alive'; rescue Errno::ESRCH; end",
            "alive\n"
        ),
        KeptThing(
            "background jobs",
            .perl,
            "our $p = fork // die; if (!$p) { exec 'sleep', '60' }",
            "print \"alive\\n\" if kill 0, $p;",
            "alive\n"
        ),
        KeptThing(
            "open descriptors but 0, 1, 2",
            .ruby,
            "$file = File.open('/dev/null'); nil",
            "puts $file.read.length",
            "0\n"
        ),
        KeptThing(
            "open descriptors but 0, 1, 2",
            .perl,
            "open our $f, '<', '/dev/null';",
            "print defined(fileno($f)) ? \"open\\n\" : \"none\\n\"",
            "open\n"
        ),
    ]
}
