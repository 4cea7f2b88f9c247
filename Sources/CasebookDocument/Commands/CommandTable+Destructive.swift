// MARK: - Commands that destroy

extension CommandTable {
    static let destructiveRows =
        fetchingRows + removingRows + destroyingRows + otherRemovingRows + changingRows

    /// Programs that run what comes from the net, or what another command prints.
    private static let fetchingRows: [CommandRule] = {
        let shells = ShellCommand.shells.sorted().flatMap { shell -> [CommandRule] in
            [
                .init(shell, [.pipedFrom(fetchers)], "runs a script from the net"),
                .init(shell, [.substituted], "runs what another command prints"),
                .init(shell, [.fedUnknown, .programFed, .none(["-c"])], "runs what it is fed"),
                .init(shell, [.fedUnknown, .any(["-s"])], "runs what it is fed"),
                .init(shell, [.variable(of: ["-c"])], "runs what a variable holds"),
            ]
        }
        let interpreters = ["python", "python2", "python3", "perl", "ruby", "node", "php"]
        let others = interpreters.flatMap { name -> [CommandRule] in
            [
                .init(
                    name,
                    [.pipedFrom(fetchers), .programFed, .none(programOptions)],
                    "runs a script from the net"
                ),
                .init(name, [.fetched, .any(["-c", "-e", "-r"])], "runs a script from the net"),
                .init(name, [.fetched, .substituted], "runs a script from the net"),
            ]
        }
        let fed: [CommandRule] = [
            .init(
                "ssh",
                [.fedUnknown, .operands(atMost: 1), .none(["-N", "-f", "-V"])],
                "runs what it is fed"
            ),
            .init("eval", [.variable(of: ["eval"])], "runs what a variable holds"),
        ]
        let builtins = ["source", ".", "eval"].flatMap { name -> [CommandRule] in
            [
                .init(name, [.fetched], "runs a script from the net"),
                .init(
                    name,
                    [.pipedFrom(fetchers), .argument(startsWith: ["/dev/stdin", "/proc/self/fd/0"])],
                    "runs a script from the net"
                ),
            ]
        }
        return shells + others + fed + builtins
    }()

    private static let fetchers = ["curl", "wget"]

    /// Options with which an interpreter is given its program in its words; it reads data then.
    private static let programOptions = [
        "-c", "-m", "-e", "-E", "-p", "-r", "-n", "--eval", "--print", "--version",
    ]

    /// How the last part of an address begins or ends that a request must not call without a question.
    private static let drasticRequests = [
        "upgrade", "resize", "recovery", "recover", "failover", "restart", "restore", "drain", "redeploy",
        "stop", "shutdown", "reboot", "rollback", "terminate", "delete", "purge", "evict", "deallocate",
        "promote", "demote", "poweroff", "factoryreset", "wipe",
    ]

    private static let removingRows: [CommandRule] =
        [
            .init(
                "rm",
                [.any(["-r", "-R", "-f", "--recursive", "--force"])],
                "deletes files without asking"
            ),
            .init("rm", [.none(["-i", "-I", "--interactive", "--help", "--version"])], "deletes files"),
            .init("find", [.any(["-delete"])], "deletes files"),
            .init("unlink", [], "deletes a file"),
            .init("rimraf", [], "deletes files"),
            .init(
                "curl",
                [.value(of: ["-X", "--request"], "DELETE")],
                "deletes something through an interface"
            ),
            .init(
                "curl",
                [.value(of: ["-X", "--request"], "POST"), .address(drasticRequests)],
                "asks an interface for something drastic"
            ),
            .init(
                "curl",
                [.value(of: ["-X", "--request"], "PUT"), .address(drasticRequests)],
                "asks an interface for something drastic"
            ),
            .init(
                "curl",
                [.value(of: ["-X", "--request"], "PATCH"), .address(drasticRequests)],
                "asks an interface for something drastic"
            ),
        ]
        + ["POST", "PUT", "PATCH"].flatMap { method -> [CommandRule] in
            // What is sent without a body, or with an empty one, is an order by its address alone.
            let isSent = CommandRule.Condition.value(of: ["-X", "--request"], method)
            let because = "asks an interface to do something"
            return [.init("curl", [isSent, .none(bodyOptions + ["--help"])], because)]
                + [.init("curl", [isSent, .emptyValue(of: bodyOptions)], because)]
                + ["{}", "[]"].map { .init("curl", [isSent, .value(of: bodyOptions, $0)], because) }
        }

    private static let bodyOptions = [
        "-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode", "--json", "-F",
        "--form", "--form-string", "-T", "--upload-file",
    ]

    private static let destroyingRows: [CommandRule] = [
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
        .init("zfs rollback", [], "throws changes away"),
        .init("mdadm", [.any(["--zero-superblock", "--stop", "-S"])], "takes an array apart"),
        .init("blkdiscard", [], "wipes a disk"),
        .init("sgdisk", [.any(["-Z", "-z", "--zap", "--zap-all", "-o", "--clear"])], "wipes a disk"),
        .init(
            "rsync",
            [
                .any([
                    "--delete", "--delete-before", "--delete-during", "--delete-after", "--delete-excluded",
                    "--remove-source-files",
                ])
            ],
            "deletes files"
        ),
        .init("kubectl delete", [], "deletes objects of the cluster"),
        .init("oc delete", [], "deletes objects of the cluster"),
        .init("kubectl apply", [.any(["--prune"])], "deletes what its files do not name"),
        .init("oc apply", [.any(["--prune"])], "deletes what its files do not name"),
        .init("kubectl replace", [.any(["--force"])], "deletes objects of the cluster"),
        .init("kubectl rollout undo", [], "takes a change back"),
        .init("kubectl scale", [.argument(startsWith: ["--replicas=0"])], "stops everything of it"),
        .init("kubectl scale", [.value(of: ["--replicas"], "0")], "stops everything of it"),
        .init("oc scale", [.argument(startsWith: ["--replicas=0"])], "stops everything of it"),
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
        .init("docker image prune", [], "deletes images"),
        .init("docker container prune", [], "deletes containers"),
        .init("docker network prune", [], "deletes networks"),
        .init("docker volume rm", [], "deletes volumes"),
        .init("docker volume prune", [], "deletes volumes"),
        .init("docker rm", [.any(["-f", "--force"])], "removes running containers"),
        .init("docker compose down", [.any(["-v", "--volumes"])], "deletes volumes"),
        .init("docker stop", [], "stops containers"),
        .init("docker kill", [], "stops containers"),
        .init("docker compose down", [], "removes containers"),
        .init("docker-compose down", [], "removes containers"),
        .init("systemctl stop", [], "stops a service"),
        .init("systemctl disable", [], "keeps a service from starting"),
        .init("systemctl mask", [], "keeps a service from starting"),
        .init("service", [.lastWord(["stop"])], "stops a service"),
        .init("rc-service", [.lastWord(["stop"])], "stops a service"),
        .init("setenforce", [.argument(startsWith: ["0", "Permissive"])], "takes a protection away"),
        .init("apparmor_parser", [.any(["-R", "--remove"])], "takes a protection away"),
        .init("ufw disable", [], "takes a protection away"),
        .init("swapoff", [], "takes memory away"),
        .init("kill", [.argument(startsWith: ["-9", "-KILL", "-SIGKILL"])], "kills a process"),
        .init("kill", [.none(["-0", "-l", "-L"])], "stops a process"),
        .init("pg_restore", [.any(["-c", "--clean"])], "drops objects of a database"),
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
        .init(
            "git push",
            [.any(["-f", "--force", "--force-with-lease", "--mirror", "-d", "--delete"])],
            "rewrites a remote branch"
        ),
        .init("git push", [.argument(startsWith: [":", "+"])], "rewrites a remote branch"),
        .init("git reset", [.any(["--hard"])], "throws changes away"),
        .init("git clean", [.any(["-f", "--force"])], "deletes files"),
        .init("aws s3 rm", [], "deletes objects"),
        .init("aws s3 rb", [], "deletes a bucket"),
        .init("aws ... delete-*", [], "deletes a resource"),
        .init("aws ... terminate-*", [], "ends instances"),
        .init("aws ... deregister-*", [], "removes a resource"),
        .init("gcloud ... delete*", [], "deletes a resource"),
        .init("az ... delete*", [], "deletes a resource"),
        .init("az ... purge*", [], "deletes a resource for good"),
        .init("gsutil rm", [], "deletes objects"),
        .init("aws ... stop-*", [], "stops a resource"),
        .init("az ... stop*", [], "stops a resource"),
        .init("az ... deallocate*", [], "stops a resource"),
        .init("az ... redeploy*", [], "restarts a machine elsewhere"),
        .init("az ... repair*", [], "changes a machine's disk"),
        .init("gcloud ... stop*", [], "stops a resource"),
        .init("dropdb", [], "deletes a database"),
        .init("dropuser", [], "deletes a database user"),
        .init("userdel", [], "deletes a user"),
        .init("iptables", [.any(["-F", "--flush"])], "drops the firewall's rules"),
        .init("ip6tables", [.any(["-F", "--flush"])], "drops the firewall's rules"),
        .init("nft flush", [], "drops the firewall's rules"),
        .init("crontab", [.any(["-r"])], "deletes the schedule"),
        .init("etcdctl del", [], "deletes keys"),
        .init("kafka-topics", [.any(["--delete"])], "deletes a topic"),
        .init("kafka-topics.sh", [.any(["--delete"])], "deletes a topic"),
        .init("redis-cli flushall", [], "deletes all keys"),
        .init("redis-cli flushdb", [], "deletes all keys"),
        .init("redis-cli FLUSHALL", [], "deletes all keys"),
        .init("redis-cli FLUSHDB", [], "deletes all keys"),
        .init("truncate", [.any(["-s", "--size"])], "empties files"),
        .init(
            "make",
            [
                .subcommand([
                    "down", "*-down", "destroy*", "*-destroy", "delete*", "*-delete", "teardown*",
                    "*-teardown",
                ])
            ],
            "takes something down"
        ),
        .init("*", [.any(["-auto-approve", "--auto-approve"])], "changes something without asking"),
        .init(
            "*",
            [
                .subcommand([
                    "delete", "delete-*", "delete_*", "destroy", "destroy-*", "force_reset", "remove",
                    "uninstall", "purge", "terminate",
                    "teardown", "wipe", "decommission", "db:drop*", "db:reset*", "migrate:down",
                    "migrate:rollback",
                    "migrate:reset",
                ]), .none(["--help", "-h", "--dry-run"]),
            ],
            "deletes or removes something"
        ),
        .init(
            "*",
            [
                .named([
                    "delete", "destroy", "teardown", "wipe", "uninstall", "purge", "killall", "restore",
                    "rollback",
                ])
            ],
            "says so by its name"
        ),
    ]
}
