// MARK: - Commands for a person

extension CommandTable {
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
        .init("lazygit", [], "fills the screen until it is quit"),
        .init("lazydocker", [], "fills the screen until it is quit"),
        .init("btop", [], "fills the screen until it is quit"),
        .init("nmtui", [], "fills the screen until it is quit"),
        .init(
            "runme",
            [.operands(atMost: 0), .none(["--help", "--version"]), .noInput],
            "fills the screen until it is quit"
        ),
        .init("*", [.firstWord(["tui"]), .none(["--help"])], "fills the screen until it is quit"),
        .init(
            "*",
            [.named(["ssh", "console", "login"]), .noInput, .none(["--help"])],
            "opens a session, as its name says"
        ),
        .init(
            "*",
            [
                .namedPair([
                    ["port", "forward"], ["attach", "debugger"], ["start", "proxy"], ["open", "tunnel"],
                    ["start", "tunnel"],
                ]), .none(["--help"]), .unbounded,
            ],
            "seems to run until it is stopped"
        ),
        .init("openvpn", [.none(["--daemon", "--version", "--help", "--genkey"])], "holds a tunnel open"),
        .init(
            "openconnect",
            [.none(["-b", "--background", "--version", "--help"])],
            "holds a tunnel open"
        ),
        .init("sshuttle", [.none(["-D", "--daemon", "--version", "--help"])], "holds a tunnel open"),
        .init("fdisk", [.noInput, .none(["-l", "--list"])], "asks questions"),
        .init("gdisk", [.noInput, .none(["-l"])], "asks questions"),
        .init("passwd", [.noInput, .none(["-l", "-u", "-S", "--stdin"])], "asks for a password"),
        .init("vault login", [.operands(atMost: 0), .noInput], "asks a person to log in"),
        .init("htpasswd", [.noInput, .none(["-b", "-i"])], "asks for a password"),
        .init("kinit", [.noInput, .none(["-k", "-R"])], "asks for a password"),
        .init(
            "gpg",
            [.any(["--gen-key", "--full-gen-key", "--full-generate-key"]), .noInput],
            "asks questions"
        ),
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
        .init("top", [.any(["-b"]), .none(["-n"]), .unbounded], "runs until it is stopped"),
        .init("nc", [.any(["-l"]), .unbounded], "waits for somebody to connect"),
        .init("etcdctl watch", [.unbounded], "runs until it is stopped"),
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
            [
                .subcommand(["dev", "dev:*", "watch", "watch:*", "start", "start:*", "serve", "serve:*"]),
                .unbounded,
            ],
            "runs until it is stopped"
        ),
        .init(
            "yarn",
            [
                .firstWord(["dev", "watch", "start", "serve", "start:dev", "start:prod", "serve:dev"]),
                .unbounded,
            ],
            "runs until it is stopped"
        ),
        .init(
            "make",
            [.subcommand(["dev", "*-dev", "watch", "serve", "*-debug"]), .unbounded],
            "runs until it is stopped"
        ),
        .init(
            "make",
            [
                .subcommand(["run", "run-*", "run_*", "runlocal*", "start"]), .noSubcommand(endingRuns),
                .unbounded,
            ],
            "seems to run until it is stopped"
        ),
        .init(
            "just",
            [.firstWord(["run", "start", "dev", "serve", "watch"]), .unbounded],
            "seems to run until it is stopped"
        ),
        .init("caddy run", [.unbounded], "serves until it is stopped"),
        .init(
            "*",
            [.firstWord(["daemon"]), .none(["--help", "--version", "-d", "--detach"]), .unbounded],
            "serves until it is stopped"
        ),
        .init(
            "*",
            [.firstWord(["run"]), .any(["--cfg"]), .none(["--help"]), .unbounded],
            "serves until it is stopped"
        ),
        .init(
            "*",
            [
                .firstWord(["start", "start-single-node"]), .any(listening), .notOf(starters),
                .none(["--help", "-d", "--detach", "--daemon", "--background", "--fork"]), .unbounded,
            ],
            "seems to serve until it is stopped"
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

    /// Options that say where a server listens.
    private static let listening = [
        "--port", "--addresses", "--address", "--addr", "--listen", "--listen-addr", "--listen-address",
        "--bind", "--bind-address", "--http-port", "--http-addr", "--host",
    ]

    /// What ends by itself: `make run-tests`.
    private static let endingRuns = [
        "*test", "*tests", "*lint", "*linter", "*check", "*checks", "*e2e", "run-e2e*", "run-test*", "*unit",
        "*migrations", "*migrate", "*once", "*build", "*examples", "*example", "*benchmark", "*bench",
        "*report",
    ]

    /// Options that answer a question before it is asked.
    private static let approvals = ["-auto-approve", "--auto-approve", "-help"]
}
