// MARK: - Commands that others notice

extension CommandTable {
    /// Commands that publish something, or that change what a machine, its firewall or a database lives by.
    static let changingRows: [CommandRule] =
        publishingRows + restartingRows + restoringRows + firewallRows + leftRunningRows

    /// What is published cannot be called back.
    private static let publishingRows: [CommandRule] =
        [
            .init("*", [.any(["--push"]), .notOf(["git"]), .none(dryRuns)], "publishes what it makes"),
            .init("git push", [.any(["--tags", "--follow-tags"]), .none(dryRuns)], "publishes a tag"),
            .init("git push", [.argument(startsWith: tagStarts), .none(dryRuns)], "publishes a tag"),
            .init("cast send", [.none(["--help"])], "sends a signed transaction"),
            .init("cast publish", [.none(["--help"])], "sends a signed transaction"),
            .init("forge", [.any(["--broadcast"])], "sends signed transactions"),
            .init("twine upload", [.none(["--help"])], "publishes a package"),
            .init("gem push", [.none(["--help"])], "publishes a package"),
            .init("helm push", [.none(["--help"])], "publishes a package"),
            .init("gh release create", [.none(["--help", "-d", "--draft"])], "publishes a release"),
        ]
        + ["npm", "pnpm", "yarn", "cargo", "poetry", "uv", "lerna", "vsce"].map { name in
            .init("\(name) publish", [.none(dryRuns)], "publishes a package")
        }
        + ["docker push", "docker image push", "podman push", "nerdctl push", "docker compose push"].map {
            command in
            .init(command, [.noArgument(startsWith: ownHosts), .none(["--help"])], "publishes an image")
        }

    private static let dryRuns = ["--dry-run", "-n", "--help"]
    private static let ownHosts = ["localhost", "127.0.0.1", "kind-registry"]

    /// `v1.2.0`, `refs/tags/x`, `$TAG`.
    private static let tagStarts =
        (0...9).map { "v\($0)" } + ["refs/tags/", "v$", "$TAG", "${TAG", "$VERSION", "${VERSION"]

    /// Restarts of what keeps data, and changes of what is there already.
    private static let restartingRows: [CommandRule] =
        ["kubectl rollout restart", "oc rollout restart"].flatMap { command -> [CommandRule] in
            [
                .init(command, [.argument(startsWith: ["statefulset", "sts"])], "restarts what keeps data"),
                .init(command, [.mention(of: databases)], "restarts a database"),
            ]
        }
        + ["PUT", "PATCH"].map { method in
            .init(
                "curl",
                [.value(of: ["-X", "--request"], method), .none(["--help"])],
                "changes something through an interface"
            )
        }
        + [
            .init("tee", [.any(["-a", "--append"]), .argument(startsWith: ["/etc/"])], addsToSystem),
            .init("hostnamectl set-hostname", [.none(["--help"])], "changes the name of the machine"),
        ]

    private static let databases = [
        "postgres", "mysql", "mariadb", "mongo", "redis", "etcd", "cassandra", "elasticsearch", "kafka",
        "rabbitmq", "database", "clickhouse", "cockroach",
    ]

    /// What a backup brings back is paid for, or stands in the way of what is there.
    private static let restoringRows: [CommandRule] = [
        .init("aws rds", [.argument(startsWith: ["restore-db-"])], fromBackup),
        .init("aws backup start-restore-job", [.none(["--help"])], fromBackup),
        .init("gcloud sql backups restore", [.none(["--help"])], fromBackup),
        .init("gcloud sql instances restore-backup", [.none(["--help"])], fromBackup),
        .init("velero restore create", [.none(["--help"])], fromBackup),
        .init("etcdctl snapshot restore", [.none(["--help"])], fromBackup),
    ]

    private static let fromBackup = "brings back a backup"

    static let addsToSystem = "adds to a file of the system"

    private static let firewallRows: [CommandRule] =
        ["iptables", "ip6tables"].map { name in
            .init(
                name,
                [
                    .any([
                        "-A", "-I", "-R", "-D", "-X", "-P", "-N", "--append", "--insert", "--replace",
                        "--delete", "--policy",
                    ])
                ],
                "changes the firewall's rules"
            )
        }

    /// Servers behind a cell live on when it has ended: `serve &`.
    private static let leftRunningRows: [CommandRule] =
        endless.filter { $0.because.hasPrefix("serves") || $0.because.hasPrefix("seems to serve") }
        .map(\.leftRunning)
        + [
            .init(
                "*",
                [.firstWord(["start", "start-single-node"]), .leftRunning, .notOf(starters)],
                "is left running"
            )
        ]

    /// Programs of which `start` ends when what they start is there.
    static let starters = [
        "minikube", "docker", "podman", "nerdctl", "colima", "multipass", "limactl", "vagrant", "az", "aws",
        "gcloud",
        "brew", "virsh", "pm2", "initctl", "supervisorctl", "pg_ctl", "crc", "k3d", "kind", "gh", "oc",
        "systemctl",
    ]
}
