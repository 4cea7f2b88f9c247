/// Tells the commands behind the `# ` of a root shell from comments.
///
/// Run as it stands, a recorded session of such a shell would pass over its commands and run their output.
/// Extend by a word and its test.
enum RootShell {
    /// The first word of the first `# ` line that is a command; nil when they are all comments.
    static func command(in lines: [ArraySlice<UInt8>]) -> String? {
        lines.lazy.map(commented).first { text in
            guard let word = firstWord(of: text) else { return false }
            return isCommand(word) && !englishWords.contains(word) || isProgram(word, with: text)
        }
        .flatMap(firstWord)
    }

    /// True for `app-psql -d main`: a name in two parts, or with a path, and an option.
    private static func isProgram(_ word: String, with text: ArraySlice<UInt8>) -> Bool {
        let parts = word.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count > 1, parts.allSatisfy({ $0.utf8.count > 1 }),
            word.utf8.allSatisfy({ $0.isLetter && $0 > 0x60 || $0.isDigit || $0 == UInt8(ascii: "-") })
        else { return false }
        return String(decoding: text.prefix(400), as: UTF8.self).split(separator: " ").dropFirst().contains {
            $0.hasPrefix("-") && $0.dropFirst().contains(where: \.isLetter)
        }
    }

    /// The command in the comments with which a block begins, when what follows them is its output.
    static func commandWithOutput(in lines: [ArraySlice<UInt8>]) -> String? {
        guard lines.first(where: { $0.contains { !$0.isBlank } })?.starts(with: "# ".utf8) == true else {
            return nil
        }
        let written = lines.lazy.filter { $0.contains { !$0.isBlank } }.prefix(maximumComments)
        let comments = Array(written.prefix { $0.starts(with: "# ".utf8) })
        guard let last = comments.last, let next = written.dropFirst(comments.count).first,
            isCode(next), !RecordedLine.isKnownCommand(next)
        else { return nil }
        for line in [last, comments[0]] {
            let text = commented(line)
            let words = String(decoding: text.prefix(400), as: UTF8.self).split(separator: " ").map(
                String.init
            )
            guard let word = words.first else { continue }
            if words.dropFirst().contains("|") { return word }
            guard isCommand(word) else { continue }
            let hasOption = words.dropFirst().contains { $0.hasPrefix("-") && $0.utf8.count > 1 }
            if hasOption || !isSentence(words) && isComplete(words) && !mayBeCommand(next, after: word) {
                return word
            }
        }
        return nil
    }

    /// More comments than this before the code are no session.
    private static let maximumComments = 20

    private static func isCommand(_ word: String) -> Bool {
        CommandTable.wellKnown.contains(word) || tools.contains(word) || englishWords.contains(word)
            || word.hasPrefix("/") || word.hasSuffix("ctl")
    }

    /// True for words of English beside the first one, and for a mark at the end: `# find the pod`, `# mount it:`.
    private static func isSentence(_ words: [String]) -> Bool {
        guard words.count > 1 else { return englishWords.contains(words[0]) }
        if let last = words.last?.last, ":.,!?)".contains(last) { return true }
        return words.dropFirst().contains { fillingWords.contains($0.lowercased()) }
    }

    /// False for what such a command could not work on: `# kill switch`, `# export metrics`, `# grep errors`.
    private static func isComplete(_ words: [String]) -> Bool {
        let rest = words.dropFirst()
        switch words[0] {
        case "export": return rest.contains { $0.contains("=") }
        case "kill": return rest.contains { $0.contains { $0.isNumber || $0 == "$" } }
        case "mount", "umount", "find", "curl", "wget", "python", "python3", "ssh", "cd":
            return rest.isEmpty || rest.contains { $0.contains { "/.:~@".contains($0) || $0.isNumber } }
        case "cp", "mv", "grep", "egrep", "chmod", "chown", "sed", "awk", "service", "helm", "git", "docker",
            "oc",
            "kubectl", "aws", "az", "gcloud", "mysql", "psql", "tar", "ip":
            return rest.count > 1 || rest.first.map(subcommands.contains) ?? true
        default: return true
        }
    }

    /// Subcommands of those that stand alone.
    private static let subcommands = words(
        "a addr address configure images info link list login logout ls ps route stash status top version whoami"
    )

    /// True for a line that runs what the comment before it names, or that has the form of a command.
    private static func mayBeCommand(_ line: ArraySlice<UInt8>, after word: String) -> Bool {
        let text = String(decoding: line.drop(while: \.isBlank).prefix(400), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first, !first.hasPrefix(word), let initial = first.unicodeScalars.first else {
            return true
        }
        if "[{($\"'.".unicodeScalars.contains(initial) || first.contains("=") || keywords.contains(first)
            || tools.contains(first)
        {
            return true
        }
        // Output has no options; commands of no name that is known do.
        let isName = first.utf8.allSatisfy {
            $0.isLetter && $0 > 0x60 || $0.isDigit || "-_./".utf8.contains($0)
        }
        return isName
            && words.dropFirst().contains { word in
                word.hasPrefix("-") && word.dropFirst().contains { $0.isLetter }
                    || word == "|" || word.hasPrefix(">") || word.hasPrefix("$")
            }
    }

    private static func isCode(_ line: ArraySlice<UInt8>) -> Bool {
        line.first { !$0.isBlank }.map { $0 != UInt8(ascii: "#") } ?? false
    }

    private static func commented(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.drop(while: \.isBlank).dropFirst(2).drop(while: \.isBlank)
    }

    private static func firstWord(of text: ArraySlice<UInt8>) -> String? {
        let word = text.prefix { !$0.isBlank }.prefix(60)
        return word.isEmpty ? nil : String(decoding: word, as: UTF8.self)
    }

    // MARK: - Words

    /// Tools of administrators that are no words of English.
    private static let tools = words(
        """
        apachectl apt-cache blkid bridge ceph chage chronyc cinder crm crictl dig dmesg dmidecode dpkg drbdadm ethtool
        findmnt firewall-cmd fsck gdb getent getenforce gluster groupadd haproxy hostnamectl httpd ifconfig iostat
        ipmitool iptables ip6tables iscsiadm lsblk lscpu lsmod lsof lspci lsusb lvcreate lvdisplay lvs mdadm mkfs modprobe
        mpstat multipath mysqladmin mysqldump nc neutron netstat nft nginx nmap nmcli nova nslookup ntpq nvme openstack
        parted pcs pg_dump pg_restore pgrep ping pkill pvcreate pvdisplay pvs rabbitmqctl rados rbd redis-cli restorecon rpm
        rsync salt sar scp semanage setenforce smartctl sqlite3 strace swapoff swapon sysctl tcpdump traceroute tune2fs ufw
        uname useradd usermod varnishadm vgcreate vgdisplay vgs virsh vmstat vtysh whoami xfs_info xfs_repair zcat zfs zgrep
        zpool zypper
        ausearch chattr chcon certbot dmsetup dracut e2fsck fuser getfacl getsebool hdparm hexdump keytool kpartx ldd
        losetup lsattr md5sum openssl partprobe pidof printenv pstree readlink realpath resize2fs rmmod sestatus setfacl
        sha256sum udevadm wc whereis which
        """
    )

    /// Names of commands that begin sentences too.
    private static let englishWords = words(
        "at date echo file free head host hostname id last less make more passwd route time top touch w who"
    )

    private static let fillingWords = words(
        """
        a all an and any are as at be before by after each every first for from if in instead into is it its latest new
        needed not now of on only or our same should that the their them then there these they this those to up using via
        we when where which will with without you your
        """
    )

    private static let keywords = words(
        "alias case do done else exit export fi for function if local read return select set shopt source then trap ulimit umask unset until while"
    )

    private static func words(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
