// MARK: - Commands that go elsewhere

extension CommandTable {
    static let remoteShells: [CommandRule] = [
        .init(
            "ssh",
            [.operands(atMost: 1), .noInput, .none(["-N", "-f", "-V", "-G", "-T"])],
            "opens a shell on another machine",
            leadsTo: .shell
        ),
        .init("ssh", [.any(["-N"]), .none(["-f"]), .unbounded], "holds a tunnel open"),
        .init(
            "slogin",
            [.operands(atMost: 1), .noInput],
            "opens a shell on another machine",
            leadsTo: .shell
        ),
        .init("autossh", [.none(["-N"]), .noInput], "opens a shell on another machine", leadsTo: .shell),
        .init(
            "tsh ssh",
            [.operands(atMost: 1), .noInput],
            "opens a shell on another machine",
            leadsTo: .shell
        ),
        .init(
            "cf ssh",
            [.none(["-c", "--command"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init("heroku run bash", [.noInput], "opens a shell in a container", leadsTo: .shell),
        .init(
            "machinectl shell",
            [.operands(atMost: 1), .noInput],
            "opens a shell on another machine",
            leadsTo: .shell
        ),
        .init(
            "sshpass",
            [.operands(atMost: 3), .noInput, .argument(startsWith: ["ssh"])],
            "may open a shell on another machine"
        ),
        .init("telnet", [.noInput], "opens a remote session"),
        .init("ftp", [.noInput], "opens a remote session"),
        .init("sftp", [.noInput, .none(["-b"])], "opens a remote session"),
        .init(
            "kubectl exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init("kubectl exec", [.noInnerCommand], "opens a shell in a container", leadsTo: .shell),
        .init(
            "kubectl exec",
            [.innerUnknown, .any(["-t", "--tty"]), .noInput],
            "may need a person in a container"
        ),
        .init(
            "oc exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init("oc exec", [.noInnerCommand], "opens a shell in a container", leadsTo: .shell),
        .init(
            "oc exec",
            [.innerUnknown, .any(["-t", "--tty"]), .noInput],
            "may need a person in a container"
        ),
        .init(
            "kubectl run",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init("oc rsh", [.operands(atMost: 1), .noInput], "opens a shell in a container", leadsTo: .shell),
        .init(
            "kubectl debug",
            [.any(["-t", "-i", "--tty", "--stdin"]), .noInput],
            "opens a terminal in a container"
        ),
        .init(
            "oc debug",
            [.innerShell, .operands(atMost: 2), .noInput],
            "opens a shell on a node",
            leadsTo: .shell
        ),
        .init("kubectl attach", [.noInput], "attaches to a container"),
        .init(
            "docker exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init(
            "docker exec",
            [.any(["-t", "--tty"]), .noInput, .none(["-d", "--detach"])],
            "needs a terminal"
        ),
        .init(
            "docker run",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init(
            "docker run",
            [.any(["-t", "--tty"]), .noInput, .none(["-d", "--detach"])],
            "needs a terminal"
        ),
        .init(
            "podman exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init(
            "podman exec",
            [.any(["-t", "--tty"]), .noInput, .none(["-d", "--detach"])],
            "needs a terminal"
        ),
        .init(
            "podman run",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init(
            "podman run",
            [.any(["-t", "--tty"]), .noInput, .none(["-d", "--detach"])],
            "needs a terminal"
        ),
        .init("docker compose exec", [.noInput, .none(["-T", "--no-TTY", "-d"])], "needs a terminal"),
        .init("docker-compose exec", [.noInput, .none(["-T", "-d"])], "needs a terminal"),
        .init("docker attach", [.noInput], "attaches to a container"),
        .init("podman machine ssh", [.noInput], "opens a shell on another machine", leadsTo: .shell),
        .init(
            "minikube ssh",
            [.noInnerCommand, .operands(atMost: 0), .noInput],
            "opens a shell on another machine",
            leadsTo: .shell
        ),
        .init(
            "vagrant ssh",
            [.none(["-c", "--command"]), .noInnerCommand, .noInput],
            "opens a shell on another machine",
            leadsTo: .shell
        ),
        .init("multipass shell", [.noInput], "opens a shell on another machine", leadsTo: .shell),
        .init("lxc shell", [.noInput], "opens a shell on another machine", leadsTo: .shell),
        .init("aws ssm start-session", [], "opens a session on another machine", leadsTo: .shell),
        .init(
            "aws ecs execute-command",
            [.any(["--interactive"])],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init(
            "gcloud ... ssh",
            [.none(["--command"]), .noInnerCommand],
            "opens a shell on another machine",
            leadsTo: .shell
        ),
        .init(
            "su",
            [.none(["-c", "--command"]), .noInput],
            "opens a shell as another user",
            leadsTo: .shell
        ),
        .init(
            "sudo",
            [.any(["-i", "-s"]), .operands(atMost: 0), .noInput],
            "opens a shell as another user",
            leadsTo: .shell
        ),
        .init(
            "bash",
            [.typed, .operands(atMost: 0), .noInput, .none(["-c", "--version"])],
            "opens a shell",
            leadsTo: .shell
        ),
        .init(
            "sh",
            [.typed, .operands(atMost: 0), .noInput, .none(["-c"])],
            "opens a shell",
            leadsTo: .shell
        ),
        .init(
            "zsh",
            [.typed, .operands(atMost: 0), .noInput, .none(["-c", "--version"])],
            "opens a shell",
            leadsTo: .shell
        ),
        .init("newgrp", [.noInput], "opens a shell in another group", leadsTo: .shell),
        .init("mosh", [.noInput], "opens a shell on another machine", leadsTo: .shell),
        .init(
            "docker container exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init("docker container exec", [.any(["-t", "--tty"]), .noInput], "needs a terminal"),
        .init(
            "docker container run",
            [.any(["-t", "--tty"]), .noInput, .none(["-d", "--detach"])],
            "needs a terminal"
        ),
        .init(
            "docker compose run",
            [.noInput, .none(["-T", "--no-TTY", "-d", "--detach"])],
            "needs a terminal"
        ),
        .init(
            "crictl exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init("crictl exec", [.any(["-t", "--tty"]), .noInput], "needs a terminal"),
        .init(
            "nerdctl exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container",
            leadsTo: .shell
        ),
        .init("nerdctl exec", [.any(["-t", "--tty"]), .noInput], "needs a terminal"),
        .init(
            "nsenter",
            [.noInnerCommand, .operands(atMost: 1), .noInput],
            "opens a shell in another namespace",
            leadsTo: .shell
        ),
        .init("chroot", [.operands(atMost: 1), .noInput], "opens a shell in another root", leadsTo: .shell),
        .init("screen", [.none(["-d", "-ls", "-list", "-X"])], "opens a terminal session"),
        .init("tmux", [.operands(atMost: 0), .none(["-V"])], "opens a terminal session"),
        .init("tmux new*", [.none(["-d"])], "opens a terminal session"),
        .init("tmux a*", [], "attaches to a terminal session"),
    ]

    static let consoles: [CommandRule] = [
        .init(
            "psql",
            [.noInput, .none(["-c", "--command", "-f", "--file", "-l", "--list", "-V", "--version"])],
            "opens a database console"
        ),
        .init(
            "mysql",
            [.noInput, .none(["-e", "--execute", "-V", "--version"])],
            "opens a database console"
        ),
        .init("mariadb", [.noInput, .none(["-e", "--execute"])], "opens a database console"),
        .init(
            "sqlite3",
            [.operands(atMost: 1), .noInput, .none(["-version", "--version", "-cmd", "-init"])],
            "opens a database console"
        ),
        .init("mongo", [.noInput, .none(["--eval"])], "opens a database console"),
        .init(
            "mongosh",
            [.noInput, .none(["--eval", "--file", "-f", "--version"])],
            "opens a database console"
        ),
        .init(
            "redis-cli",
            [.operands(atMost: 0), .noInput, .none(["--version", "--bigkeys", "--scan"])],
            "opens a database console"
        ),
        .init("cqlsh", [.noInput, .none(["-e", "--execute", "-f", "--file"])], "opens a database console"),
        .init("pgcli", [.noInput], "opens a database console"),
        .init(
            "clickhouse-client",
            [.noInput, .none(["-q", "--query", "--version"])],
            "opens a database console"
        ),
        .init("ipython", [.operands(atMost: 0), .noInput], "opens a console", leadsTo: .console),
        .init("sqlplus", [.noInput], "opens a database console"),
        .init(
            "node",
            [.operands(atMost: 0), .noInput, .none(["-e", "-p", "-v", "--version", "--eval"])],
            "opens a console",
            leadsTo: .console
        ),
        .init("rails console", [.noInput], "opens a console", leadsTo: .console),
        .init("rails c", [.noInput], "opens a console", leadsTo: .console),
        .init("gitlab-rails console", [.noInput], "opens a console", leadsTo: .console),
        .init("irb", [.operands(atMost: 0), .noInput], "opens a console", leadsTo: .console),
        .init(
            "python",
            [.operands(atMost: 0), .noInput, .none(["-c", "-m", "-V", "--version"])],
            "opens a console",
            leadsTo: .console
        ),
        .init(
            "python3",
            [.operands(atMost: 0), .noInput, .none(["-c", "-m", "-V", "--version"])],
            "opens a console",
            leadsTo: .console
        ),
        .init(
            "dlv",
            [.argument(startsWith: ["connect", "attach", "debug", "exec", "test"]), .noInput],
            "opens a debugger"
        ),
        .init("gdb", [.noInput, .none(["-batch", "--batch"])], "opens a debugger"),
        .init(
            "*",
            [.firstWord(["console"]), .notOf(["kubectl", "oc"]), .noInput],
            "opens a console",
            leadsTo: .console
        ),
        .init(
            "*",
            [.lastWord(["shell", "console", "repl"]), .notOf(["kubectl", "oc"]), .noInput],
            "opens a console",
            leadsTo: .console
        ),
        .init(
            "cockroach sql",
            [.noInput, .none(["-e", "--execute", "-f", "--file"])],
            "opens a database console"
        ),
    ]
}
