/// The commands that need a person, never end, or destroy something.
///
/// Extend by a row and its test.
enum CommandTable {
    /// Commands that wait for a person at a terminal, or never end.
    static let byHand = CommandRules(remoteShells + consoles + screens + endless)

    /// Commands after which a person types on another machine, in a container or as another user.
    static let changesPlace = CommandRules((remoteShells + consoles).filter { $0.leadsTo != nil })

    /// Commands after which something is gone or down.
    static let destructive = CommandRules(destructiveRows)

    /// Tools whose words are names of files, hosts or texts, so that `grep delete` deletes nothing.
    static let plainTools: Set<String> = Set(
        """
        [ [[ alias ansible awk basename bat cat cd chgrp chmod chown code cp curl cut date declare diff dig dirname echo egrep
        exit export expr fgrep file find for function getent git grep gzip head help history host id info jq kill less ln
        local locate logger ls man mkdir more mount mv nc nslookup open pgrep ping pip printf read readlink return rg rm rmdir
        rsync scp sed select set sftp sleep sort source ssh stat strings su tail tar tee telnet test touch tr trap type umount
        uniq unset unzip vi vim wc wget which whoami xargs yq zip
        """
        .split(whereSeparator: \.isWhitespace).map(String.init)
    )

    /// True for the words of a command that needs no terminal.
    static func isPlain(_ words: ArraySlice<String>) -> Bool {
        guard let first = words.first else { return false }
        let name = first.split(separator: "/").last.map(String.init) ?? first
        if plainTools.contains(name) || lookingTools.contains(name) || innerTools.contains(name) {
            return true
        }
        // What is a console without these options is judged by its own row.
        if byHand.knows(name) { return true }
        return ShellCommand.shells.contains(name)
            && words.dropFirst().contains { $0.hasPrefix("-") && $0.hasSuffix("c") }
    }

    /// Tools that people run in containers, and that end by themselves.
    private static let innerTools: Set<String> = [
        "apk", "apt", "apt-get", "bundle", "ceph", "env", "etcdctl", "ip", "kubectl", "mongodump", "nodetool",
        "npx",
        "openssl", "pg_dump", "pg_isready", "pipenv", "poetry", "printenv", "rabbitmqctl", "rados", "sysctl",
        "tar",
        "vault", "yum",
    ]

    /// True for a command that changes nothing, as far as its name and its subcommand tell.
    static func onlyLooks(_ command: ShellCommand) -> Bool {
        if lookingTools.contains(command.name) { return true }
        let words = command.operands(valueOptions: CommandRule.valueOptions(of: command.name)).prefix(3)
        return !plainTools.contains(command.name)
            && words.contains { word in
                lookingWords.contains(word) || ["describe-", "list-", "get-"].contains { word.hasPrefix($0) }
            }
    }

    private static let lookingTools: Set<String> = [
        "cat", "cd", "date", "df", "dig", "du", "echo", "false", "file", "free", "grep", "head", "hostname",
        "id", "jq",
        "ls", "lsblk", "nslookup", "ps", "pwd", "sleep", "ss", "stat", "tail", "test", "true", "uname",
        "uptime", "wc",
        "which", "whoami", "[", "[[",
    ]

    private static let lookingWords: Set<String> = [
        "get", "describe", "logs", "list", "ls", "show", "status", "top", "diff", "log", "version", "events",
        "info",
        "inspect",
    ]

    /// SQL that destroys, in small letters, wherever it stands in a cell.
    private static let destructiveSQL = bytes([
        "drop table", "drop database", "drop schema", "drop user", "drop role", "drop view", "drop keyspace",
        "drop index", "drop column", "drop sequence", "drop function", "drop constraint", "drop owned",
        "drop materialized", "drop trigger", "drop type", "drop extension", "\ntruncate ", ";truncate ",
        "; truncate ",
        ".deletemany(", ".deleteone(", ".drop()", "dropdatabase(", "truncate table", "\"truncate ",
        "'truncate ",
        "delete from", "pg_terminate_backend",
    ])

    /// What each of those holds: most cells hold none of it.
    private static let stemsOfSQL = bytes(["drop", "truncat", "delete", "pg_terminate"])

    /// Calls in Python that destroy, wherever they stand in a cell.
    private static let destructivePython = bytes([
        "shutil.rmtree(", "os.remove(", "os.unlink(", "os.rmdir(", "os.removedirs(", ".unlink(", ".drop_all(",
        "rm -rf", "rm -fr", "rmtree(", "import remove", "import unlink", ".rmdir(", "requests.delete(",
        ".delete_",
        ".terminate_", "\"rm\", \"-", "\"rm\",\"-", "'rm', '-", "kubectl delete", "os.kill(",
    ])

    private static func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    /// Programs of Python, which may be given their code in a shell cell.
    private static let pythons: Set<String> = ["python", "python2", "python3"]

    /// What code destroys, in words: "`rm` deletes files without asking"; nil when it does not seem to destroy.
    ///
    /// - `commands`: those of shell code; none of another language.
    static func destruction(
        by commands: [ShellCommand],
        in code: [UInt8],
        _ interpreter: Interpreter?
    ) -> String? {
        destructive.reason(for: commands)
            ?? commands.first(where: \.setting.addsToSystem).map { "`\($0.name)` \(addsToSystem)" }
            ?? emptiedTable(by: commands, in: code)
            ?? destructiveCall(
                in: code,
                isPython: interpreter?.syntax == .python || commands.contains { pythons.contains($0.name) }
            )
            .map { "it holds `\($0.drop { $0.isWhitespace || $0 == ";" })`" }
    }

    /// The SQL or the call of Python in a cell that destroys something, as the tables spell it.
    private static func destructiveCall(in code: [UInt8], isPython: Bool) -> String? {
        let code = folded(code)
        func isHeld(_ call: [UInt8]) -> Bool { ByteSearch.range(of: call, inFolded: code) != nil }
        let found =
            (stemsOfSQL.contains(where: isHeld) ? destructiveSQL.first(where: isHeld) : nil)
            ?? (isPython ? destructivePython.first(where: isHeld) : nil)
        return found.map { String(decoding: $0, as: UTF8.self) }
    }

    /// `TRUNCATE orders` at the start of a line that a client of a database is given.
    private static func emptiedTable(by commands: [ShellCommand], in code: [UInt8]) -> String? {
        guard commands.contains(where: { databaseClients.contains($0.name) }),
            ByteSearch.range(of: Array(" truncate ".utf8), inFolded: code) != nil
        else { return nil }
        return "it holds `truncate`"
    }

    private static let databaseClients: Set<String> = [
        "psql", "mysql", "mariadb", "sqlite3", "cockroach", "cqlsh",
    ]

    /// Code in which several blanks are one: `DROP   TABLE`.
    private static func folded(_ code: [UInt8]) -> [UInt8] {
        var folded: [UInt8] = []
        folded.reserveCapacity(code.count)
        for byte in code where !(byte.isBlank && folded.last == .space) {
            folded.append(byte.isBlank ? .space : byte)
        }
        return folded
    }

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
