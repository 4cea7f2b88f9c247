// MARK: - Commands for a person

extension CommandTable {
    static let remoteShells: [CommandRule] = [
        .init(
            "ssh",
            [.operands(atMost: 1), .noInput, .none(["-N", "-f", "-V", "-G", "-T"])],
            "opens a shell on another machine"
        ),
        .init("ssh", [.any(["-N"]), .none(["-f"]), .unbounded], "holds a tunnel open"),
        .init("telnet", [.noInput], "opens a remote session"),
        .init("ftp", [.noInput], "opens a remote session"),
        .init("sftp", [.noInput, .none(["-b"])], "opens a remote session"),
        .init(
            "kubectl exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container"
        ),
        .init("kubectl exec", [.noInnerCommand], "opens a shell in a container"),
        .init(
            "kubectl exec",
            [.innerUnknown, .any(["-t", "--tty"]), .noInput],
            "may need a person in a container"
        ),
        .init("oc exec", [.innerShell, .any(["-t", "--tty"]), .noInput], "opens a shell in a container"),
        .init("oc exec", [.noInnerCommand], "opens a shell in a container"),
        .init(
            "oc exec",
            [.innerUnknown, .any(["-t", "--tty"]), .noInput],
            "may need a person in a container"
        ),
        .init(
            "kubectl run",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container"
        ),
        .init("oc rsh", [.operands(atMost: 1), .noInput], "opens a shell in a container"),
        .init(
            "kubectl debug",
            [.any(["-t", "-i", "--tty", "--stdin"]), .noInput],
            "opens a terminal in a container"
        ),
        .init("oc debug", [.innerShell, .operands(atMost: 2), .noInput], "opens a shell on a node"),
        .init("kubectl attach", [.noInput], "attaches to a container"),
        .init(
            "docker exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container"
        ),
        .init(
            "docker exec",
            [.any(["-t", "--tty"]), .noInput, .none(["-d", "--detach"])],
            "needs a terminal"
        ),
        .init("docker run", [.innerShell, .any(["-t", "--tty"]), .noInput], "opens a shell in a container"),
        .init(
            "docker run",
            [.any(["-t", "--tty"]), .noInput, .none(["-d", "--detach"])],
            "needs a terminal"
        ),
        .init(
            "podman exec",
            [.innerShell, .any(["-t", "--tty"]), .noInput],
            "opens a shell in a container"
        ),
        .init(
            "podman exec",
            [.any(["-t", "--tty"]), .noInput, .none(["-d", "--detach"])],
            "needs a terminal"
        ),
        .init("podman run", [.innerShell, .any(["-t", "--tty"]), .noInput], "opens a shell in a container"),
        .init(
            "podman run",
            [.any(["-t", "--tty"]), .noInput, .none(["-d", "--detach"])],
            "needs a terminal"
        ),
        .init("docker compose exec", [.noInput, .none(["-T", "--no-TTY", "-d"])], "needs a terminal"),
        .init("docker-compose exec", [.noInput, .none(["-T", "-d"])], "needs a terminal"),
        .init("docker attach", [.noInput], "attaches to a container"),
        .init("podman machine ssh", [.noInput], "opens a shell on another machine"),
        .init("minikube ssh", [.noInnerCommand, .noInput], "opens a shell on another machine"),
        .init("vagrant ssh", [.none(["-c", "--command"]), .noInput], "opens a shell on another machine"),
        .init("multipass shell", [.noInput], "opens a shell on another machine"),
        .init("lxc shell", [.noInput], "opens a shell on another machine"),
        .init("aws ssm start-session", [], "opens a session on another machine"),
        .init("aws ecs execute-command", [.any(["--interactive"])], "opens a shell in a container"),
        .init("gcloud compute ssh", [.none(["--command"])], "opens a shell on another machine"),
        .init("su", [.none(["-c", "--command"]), .noInput], "opens a shell as another user"),
        .init(
            "sudo",
            [.any(["-i", "-s"]), .operands(atMost: 0), .noInput],
            "opens a shell as another user"
        ),
        .init(
            "bash",
            [.typed, .operands(atMost: 0), .noInput, .none(["-c", "--version"])],
            "opens a shell"
        ),
        .init("sh", [.typed, .operands(atMost: 0), .noInput, .none(["-c"])], "opens a shell"),
        .init("zsh", [.typed, .operands(atMost: 0), .noInput, .none(["-c", "--version"])], "opens a shell"),
        .init("newgrp", [.noInput], "opens a shell in another group"),
        .init("mosh", [.noInput], "opens a shell on another machine"),
        .init("docker container exec", [.any(["-t", "--tty"]), .noInput], "opens a shell in a container"),
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
        .init("crictl exec", [.any(["-t", "--tty"]), .noInput], "opens a shell in a container"),
        .init("nerdctl exec", [.any(["-t", "--tty"]), .noInput], "opens a shell in a container"),
        .init(
            "nsenter",
            [.noInnerCommand, .operands(atMost: 1), .noInput],
            "opens a shell in another namespace"
        ),
        .init("chroot", [.operands(atMost: 1), .noInput], "opens a shell in another root"),
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
        .init("sqlplus", [.noInput], "opens a database console"),
        .init(
            "node",
            [.operands(atMost: 0), .noInput, .none(["-e", "-p", "-v", "--version", "--eval"])],
            "opens a console"
        ),
        .init("rails console", [.noInput], "opens a console"),
        .init("rails c", [.noInput], "opens a console"),
        .init("gitlab-rails console", [.noInput], "opens a console"),
        .init("irb", [.operands(atMost: 0), .noInput], "opens a console"),
        .init(
            "python",
            [.operands(atMost: 0), .noInput, .none(["-c", "-m", "-V", "--version"])],
            "opens a console"
        ),
        .init(
            "python3",
            [.operands(atMost: 0), .noInput, .none(["-c", "-m", "-V", "--version"])],
            "opens a console"
        ),
        .init(
            "dlv",
            [.argument(startsWith: ["connect", "attach", "debug", "exec", "test"]), .noInput],
            "opens a debugger"
        ),
        .init("gdb", [.noInput, .none(["-batch", "--batch"])], "opens a debugger"),
        .init("*", [.firstWord(["console"]), .notOf(["kubectl", "oc"]), .noInput], "opens a console"),
        .init(
            "*",
            [.lastWord(["shell", "console", "repl"]), .notOf(["kubectl", "oc"]), .noInput],
            "opens a console"
        ),
        .init(
            "cockroach sql",
            [.noInput, .none(["-e", "--execute", "-f", "--file"])],
            "opens a database console"
        ),
    ]

    static let screens: [CommandRule] = [
        .init("vi", [], "opens an editor"),
        .init("vim", [.none(["-es", "-c"])], "opens an editor"),
        .init("nvim", [.none(["--headless"])], "opens an editor"),
        .init("nano", [], "opens an editor"),
        .init("emacs", [.none(["--batch"])], "opens an editor"),
        .init("visudo", [.none(["-c"])], "opens an editor"),
        .init("crontab", [.any(["-e"])], "opens an editor"),
        .init("kubectl edit", [], "opens an editor"),
        .init("oc edit", [], "opens an editor"),
        .init("systemctl edit", [.none(["--stdin"])], "opens an editor"),
        .init("ansible-vault edit", [], "opens an editor"),
        .init("git rebase", [.any(["-i", "--interactive"])], "opens an editor"),
        .init(
            "git commit",
            [.none(["-m", "--message", "-F", "--file", "-C", "--no-edit", "--fixup"])],
            "opens an editor"
        ),
        .init("*", [.firstWord(["edit"]), .none(["--help"]), .noInput], "opens an editor"),
        .init("less", [], "opens a pager"),
        .init("more", [], "opens a pager"),
        .init("man", [], "opens a pager"),
        .init("top", [.none(["-b"])], "fills the screen until it is quit"),
        .init("htop", [], "fills the screen until it is quit"),
        .init("iotop", [.none(["-b"])], "fills the screen until it is quit"),
        .init("atop", [.none(["-P"])], "fills the screen until it is quit"),
        .init("k9s", [], "fills the screen until it is quit"),
        .init("fdisk", [.noInput, .none(["-l", "--list"])], "asks questions"),
        .init("gdisk", [.noInput, .none(["-l"])], "asks questions"),
        .init("passwd", [.noInput, .none(["-l", "-u", "-S", "--stdin"])], "asks for a password"),
        .init("ssh-copy-id", [], "asks for a password"),
        .init("mysql_secure_installation", [], "asks questions"),
        .init(
            "ssh-keygen",
            [.noInput, .none(["-N", "-l", "-R", "-F", "-y", "-e", "-i", "-L", "-B"])],
            "asks questions"
        ),
        .init("ssh-keygen", [.noInput, .any(["-N"]), .none(["-f"])], "asks questions"),
        .init("read", [.noInput, .noLoopTest], "waits for a person to type"),
        .init(
            "cat",
            [.operands(atMost: 0), .noInput, .none(["--version", "--help"])],
            "waits for a person to type"
        ),
        .init(
            "terraform apply",
            [.operands(atMost: 0), .noInput, .none(approvals)],
            "asks before it changes anything"
        ),
        .init("terraform destroy", [.noInput, .none(approvals)], "asks before it destroys anything"),
        .init(
            "docker login",
            [.noInput, .none(["-p", "--password", "--password-stdin"])],
            "asks a person to log in"
        ),
        .init("aws-vault add", [.noInput], "asks for keys"),
        .init("aws configure", [.operands(atMost: 0), .noInput], "asks questions"),
        .init("gcloud init", [.noInput], "asks questions"),
        .init("az init", [.noInput], "asks questions"),
        .init("az login", [.none(["--identity", "--service-principal"])], "asks a person to log in"),
        .init("gcloud auth login", [.none(["--cred-file"])], "asks a person to log in"),
        .init("aws sso login", [], "asks a person to log in"),
        .init("gh auth login", [.noInput], "asks a person to log in"),
    ]

    static let endless: [CommandRule] = [
        .init("watch", [.unbounded], "runs until it is stopped"),
        .init("docker stats", [.none(["--no-stream"]), .unbounded], "runs until it is stopped"),
        .init("docker events", [.none(["--until"]), .unbounded], "runs until it is stopped"),
        .init("redis-cli monitor", [.unbounded], "runs until it is stopped"),
        .init("stern", [.none(["--no-follow"]), .unbounded], "runs until it is stopped"),
        .init("sleep", [.argument(startsWith: ["inf"]), .unbounded], "never ends"),
        .init(
            "tail",
            [.any(["-f", "-F", "--follow"]), .none(["--pid"]), .unbounded],
            "follows a file and never ends"
        ),
        .init("journalctl", [.any(["-f", "--follow"]), .unbounded], "follows a log and never ends"),
        .init("dmesg", [.any(["-w", "--follow"]), .unbounded], "follows a log and never ends"),
        .init("kubectl logs", [.any(["-f", "--follow"]), .unbounded], "follows a log and never ends"),
        .init("oc logs", [.any(["-f", "--follow"]), .unbounded], "follows a log and never ends"),
        .init("docker logs", [.any(["-f", "--follow"]), .unbounded], "follows a log and never ends"),
        .init("podman logs", [.any(["-f", "--follow"]), .unbounded], "follows a log and never ends"),
        .init(
            "docker compose logs",
            [.any(["-f", "--follow"]), .unbounded],
            "follows a log and never ends"
        ),
        .init(
            "docker-compose logs",
            [.any(["-f", "--follow"]), .unbounded],
            "follows a log and never ends"
        ),
        .init(
            "kubectl get",
            [.any(["-w", "--watch", "--watch-only"]), .unbounded],
            "watches and never ends"
        ),
        .init("oc get", [.any(["-w", "--watch"]), .unbounded], "watches and never ends"),
        .init("kubectl port-forward", [.unbounded], "runs until it is stopped"),
        .init("oc port-forward", [.unbounded], "runs until it is stopped"),
        .init("kubectl proxy", [.unbounded], "runs until it is stopped"),
        .init("tcpdump", [.none(["-c", "-r"]), .unbounded], "runs until it is stopped"),
        .init("ping", [.none(["-c", "-w"]), .unbounded], "runs until it is stopped"),
        .init("yes", [.operands(atMost: 0), .unbounded], "runs until it is stopped"),
        .init("*", [.any(["--follow"]), .subcommand(["*"]), .unbounded], "follows something and never ends"),
        .init(
            "docker compose up",
            [.none(["-d", "--detach", "--wait"]), .unbounded],
            "runs until it is stopped"
        ),
        .init("docker-compose up", [.none(["-d", "--detach"]), .unbounded], "runs until it is stopped"),
        .init(
            "docker run",
            [.any(["-p", "--publish", "-P"]), .none(["-d", "--detach"]), .unbounded],
            "serves until it is stopped"
        ),
        .init(
            "*",
            [.firstWord(["serve", "server", "runserver"]), .none(["--help", "--version"]), .unbounded],
            "serves until it is stopped"
        ),
        .init("rails s", [.none(["-d"]), .unbounded], "serves until it is stopped"),
        .init("npm start", [.unbounded], "serves until it is stopped"),
        .init(
            "npm run",
            [.subcommand(["dev", "watch", "start", "serve"]), .unbounded],
            "runs until it is stopped"
        ),
        .init(
            "yarn",
            [.firstWord(["dev", "watch", "start", "serve"]), .unbounded],
            "runs until it is stopped"
        ),
        .init(
            "make",
            [.subcommand(["dev", "*-dev", "watch", "serve", "*-debug"]), .unbounded],
            "runs until it is stopped"
        ),
        .init("skaffold dev", [.unbounded], "runs until it is stopped"),
        .init("flask run", [.unbounded], "serves until it is stopped"),
        .init("uvicorn", [.none(["--version"]), .unbounded], "serves until it is stopped"),
        .init(
            "gunicorn",
            [.none(["-D", "--daemon", "--version"]), .unbounded],
            "serves until it is stopped"
        ),
        .init("python", [.value(of: ["-m"], "http.server"), .unbounded], "serves until it is stopped"),
        .init("python3", [.value(of: ["-m"], "http.server"), .unbounded], "serves until it is stopped"),
        .init("etcd", [.none(["--version", "--help"]), .unbounded], "serves until it is stopped"),
        .init(
            "mongod",
            [.none(["--fork", "--version", "--shutdown"]), .unbounded],
            "serves until it is stopped"
        ),
        .init(
            "redis-server",
            [.none(["--daemonize", "--version", "-v"]), .unbounded],
            "serves until it is stopped"
        ),
    ]

    /// Options that answer a question before it is asked.
    private static let approvals = ["-auto-approve", "--auto-approve", "-help"]
}
