/// The commands that need a person, never end, or destroy something.
///
/// Extend by a row and its test.
enum CommandTable {
    /// Commands that wait for a person at a terminal, or never end.
    static let byHand = CommandRules(remoteShells + consoles + screens + endless)

    /// Commands after which a person types on another machine, in a container or as another user.
    static let changesPlace = CommandRules(
        remoteShells.filter { row in
            ["shell", "session on another"].contains { row.because.contains($0) }
        }
    )

    private static let remoteShells: [CommandRule] = [
        .init(
            "ssh",
            [.operands(atMost: 1), .noInput, .none(["-N", "-f", "-V", "-G"])],
            "opens a shell on another machine"
        ),
        .init("ssh", [.any(["-N"]), .none(["-f"]), .unbounded], "holds a tunnel open"),
        .init("telnet", [.noInput], "opens a remote session"),
        .init("ftp", [.noInput], "opens a remote session"),
        .init("sftp", [.noInput, .none(["-b"])], "opens a remote session"),
        .init("kubectl exec", [.any(["-t", "--tty"]), .noInput], "opens a terminal in a container"),
        .init("oc exec", [.any(["-t", "--tty"]), .noInput], "opens a terminal in a container"),
        .init("kubectl run", [.any(["-t", "--tty"]), .noInput], "opens a terminal in a container"),
        .init("oc rsh", [.operands(atMost: 1), .noInput], "opens a shell in a container"),
        .init(
            "kubectl debug",
            [.any(["-t", "-i", "--tty", "--stdin"]), .noInput],
            "opens a terminal in a container"
        ),
        .init("oc debug", [.operands(atMost: 1), .noInput], "opens a shell on a node"),
        .init("kubectl attach", [.noInput], "attaches to a container"),
        .init("docker exec", [.any(["-t", "--tty"]), .noInput], "opens a terminal in a container"),
        .init("docker run", [.any(["-t", "--tty"]), .noInput], "opens a terminal in a container"),
        .init("podman exec", [.any(["-t", "--tty"]), .noInput], "opens a terminal in a container"),
        .init("podman run", [.any(["-t", "--tty"]), .noInput], "opens a terminal in a container"),
        .init("docker attach", [.noInput], "attaches to a container"),
        .init("aws ssm start-session", [], "opens a session on another machine"),
        .init("gcloud compute ssh", [.none(["--command"])], "opens a shell on another machine"),
        .init("su", [.none(["-c", "--command"]), .noInput], "opens a shell as another user"),
        .init(
            "sudo",
            [.any(["-i", "-s"]), .operands(atMost: 0), .noInput],
            "opens a shell as another user"
        ),
        .init("chroot", [.operands(atMost: 1), .noInput], "opens a shell in another root"),
        .init("screen", [.none(["-d", "-ls", "-list", "-X"])], "opens a terminal session"),
        .init("tmux attach*", [], "attaches to a terminal session"),
    ]

    private static let consoles: [CommandRule] = [
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
            "cockroach sql",
            [.noInput, .none(["-e", "--execute", "-f", "--file"])],
            "opens a database console"
        ),
    ]

    private static let screens: [CommandRule] = [
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
        .init("az login", [.none(["--identity", "--service-principal"])], "asks a person to log in"),
        .init("gcloud auth login", [.none(["--cred-file"])], "asks a person to log in"),
        .init("aws sso login", [], "asks a person to log in"),
        .init("gh auth login", [.noInput], "asks a person to log in"),
    ]

    private static let endless: [CommandRule] = [
        .init("watch", [.unbounded], "runs until it is stopped"),
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
    ]

    /// Commands after which something is gone or down.
    static let destructive = CommandRules(destructiveRows)

    private static let destructiveRows: [CommandRule] = [
        .init("rm", [.any(["-r", "-R", "-f", "--recursive", "--force"])], "deletes files without asking"),
        .init("find", [.any(["-delete"])], "deletes files"),
        .init("find", [.argument(startsWith: ["rm"])], "deletes files"),
        .init("shred", [], "destroys files"),
        .init("mkfs*", [], "makes a new file system"),
        .init("mke2fs", [], "makes a new file system"),
        .init("wipefs", [.any(["-a", "--all"])], "wipes a disk"),
        .init("dd", [.argument(startsWith: ["of="])], "overwrites a file or a disk"),
        .init("fdisk", [.none(["-l", "--list"])], "changes partitions"),
        .init("parted", [.none(["-l", "--list"])], "changes partitions"),
        .init("lvremove", [], "deletes a volume"),
        .init("vgremove", [], "deletes a volume group"),
        .init("pvremove", [], "deletes a physical volume"),
        .init("zfs destroy", [], "deletes a file system"),
        .init("zpool destroy", [], "deletes a pool"),
        .init("kubectl delete", [], "deletes objects of the cluster"),
        .init("oc delete", [], "deletes objects of the cluster"),
        .init("kubectl drain", [], "moves everything off a node"),
        .init("oc adm drain", [], "moves everything off a node"),
        .init("helm uninstall", [], "removes a release"),
        .init("helm delete", [], "removes a release"),
        .init("terraform destroy", [], "destroys infrastructure"),
        .init(
            "terraform apply",
            [.any(["-auto-approve", "--auto-approve", "-destroy"])],
            "changes infrastructure without asking"
        ),
        .init("pulumi destroy", [], "destroys infrastructure"),
        .init("docker system prune", [], "deletes containers and images"),
        .init("docker volume rm", [], "deletes volumes"),
        .init("docker volume prune", [], "deletes volumes"),
        .init("docker rm", [.any(["-f", "--force"])], "removes running containers"),
        .init("docker compose down", [.any(["-v", "--volumes"])], "deletes volumes"),
        .init("systemctl reboot", [], "restarts the machine"),
        .init("systemctl poweroff", [], "turns the machine off"),
        .init("systemctl halt", [], "stops the machine"),
        .init("reboot", [], "restarts the machine"),
        .init("shutdown", [.none(["-c"])], "turns the machine off"),
        .init("poweroff", [], "turns the machine off"),
        .init("halt", [], "stops the machine"),
        .init("init", [.argument(startsWith: ["0", "6"])], "stops the machine"),
        .init("killall", [], "stops processes by name"),
        .init("pkill", [], "stops processes by name"),
        .init("git push", [.any(["-f", "--force", "--delete"])], "rewrites a remote branch"),
        .init("git reset", [.any(["--hard"])], "throws changes away"),
        .init("git clean", [.any(["-f", "--force"])], "deletes files"),
        .init("aws s3 rm", [], "deletes objects"),
        .init("aws s3 rb", [], "deletes a bucket"),
        .init("aws delete-*", [], "deletes a resource"),
        .init("aws terminate-*", [], "ends instances"),
        .init("aws deregister-*", [], "removes a resource"),
        .init("gcloud delete*", [], "deletes a resource"),
        .init("az delete*", [], "deletes a resource"),
        .init("az purge*", [], "deletes a resource for good"),
        .init("gsutil rm", [], "deletes objects"),
        .init("dropdb", [], "deletes a database"),
        .init("dropuser", [], "deletes a database user"),
        .init("userdel", [], "deletes a user"),
        .init("iptables", [.any(["-F", "--flush"])], "drops the firewall's rules"),
        .init("crontab", [.any(["-r"])], "deletes the schedule"),
        .init("etcdctl del", [], "deletes keys"),
        .init("redis-cli flushall", [], "deletes all keys"),
        .init("redis-cli flushdb", [], "deletes all keys"),
        .init("redis-cli FLUSHALL", [], "deletes all keys"),
        .init("redis-cli FLUSHDB", [], "deletes all keys"),
        .init("truncate", [.any(["-s", "--size"])], "empties files"),
    ]

    /// SQL that destroys, in small letters, wherever it stands in a cell.
    static let destructiveSQL = [
        "drop table", "drop database", "drop schema", "drop user", "drop role", "drop view", "drop keyspace",
        "truncate table", "delete from", "pg_terminate_backend",
    ]

    /// Words that tell a command after `# ` from a comment.
    static let wellKnown: Set<String> = [
        "apt", "apt-get", "aws", "az", "cat", "cd", "chmod", "chown", "cp", "curl", "df", "dnf", "docker",
        "du",
        "etcdctl", "export", "find", "gcloud", "git", "grep", "helm", "ip", "journalctl", "kill", "kubectl",
        "ls",
        "mkdir", "mount", "mv", "mysql", "oc", "podman", "ps", "psql", "python", "python3", "reboot", "rm",
        "sed",
        "service", "ss", "ssh", "su", "sudo", "systemctl", "tail", "tar", "umount", "vi", "vim", "wget",
        "yum",
    ]
}
