import CasebookDocument
import Testing

/// Commands that hide, output that looks like commands, and sentences that forbid: none of them may simply run.
@Suite struct HiddenCommandTests {
    private static func cells(_ text: String) -> [Cell] { Runbook.read(text).cells }

    private static func kind(_ code: String, tag: String = "bash") -> String {
        cells("```\(tag)\n\(code)\n```\n").first.map { kind(of: $0) } ?? "none"
    }

    private static func kind(of cell: Cell) -> String {
        switch cell.handling {
        case .run: "run"
        case .confirm: "confirm"
        case .byHand: "by hand"
        case .shown: "shown"
        case .undo: "undo"
        case .check: "check"
        }
    }

    @Test(
        "what destroys asks first, wherever it stands",
        arguments: [
            "echo $'it\\'s gone'\nrm -rf /data", "(( mask = 1 << bits ))\nrm -rf /data",
            "x=$((1 << bits))\nrm -rf /data", "cat <<END-OF-FILE > x\nhello\nEND-OF-FILE\nrm -rf /data",
            "cat <<EOF.1 > x\nhello\nEOF.1\nrm -rf /data", "echo 'never closed\nrm -rf /data",
            "cat <<EOF\nrm -rf /data", "ssh web1 <<'EOF'\nsudo rm -rf /var/lib/mysql\nEOF",
            "((rm -rf /data); ls)", "x=$((rm -rf /data); (ls))", "(( x\nrm -rf /data",
            "bash <<EOF\nrm -rf /data\nEOF", "docker exec -i db bash <<EOF\nrm -rf /data\nEOF",
            "echo \"rm -rf /data\" | bash", "eval \"rm -rf /data\"", "trap 'rm -rf /data' EXIT",
            "ansible all -m shell -a \"rm -rf /data\"", "sudo --user postgres dropdb app",
            "sudo -nu root rm -rf /data",
            "timeout --kill-after 5 60 rm -rf /data", "nice --adjustment 5 rm -rf /data",
            "find . | xargs --max-args 1 rm -rf", "time -p rm -rf /data", "flock /tmp/l rm -rf /data",
            "coproc rm -rf /data", "gosu postgres dropdb app", "az vm stop --name db1",
            "az vm deallocate -n db1",
            "gcloud compute instances stop db1", "docker compose -f prod.yml exec -T db dropdb app",
            "docker -H tcp://x exec db rm -rf /data", "oc -n shop rsh db-0 rm -rf /data",
            "etcdctl --endpoints https://e:2379 del --prefix /", "redis-cli -u redis://x FLUSHALL",
            "kubectl -n x --token abc -v 6 --user admin delete ns prod", "$KUBECTL delete ns prod",
            "kafka-topics.sh --delete --topic orders", "curl -sX DELETE http://localhost/x",
            "rsync -a --delete empty/ /data/", "git push --force-with-lease", "git push origin :release",
            "git push origin +main", "docker image prune -af", "mongosh --eval 'db.dropDatabase()'",
            "psql -c \"TRUNCATE orders\"", "psql -c 'DROP INDEX i'", "rails db:reset", "rake db:drop",
            "npm run migrate:down", "rabbitmqctl delete_queue q", "rabbitmqctl force_reset",
            "mdadm --zero-superblock /dev/sdb", "blkdiscard /dev/sdb", "sgdisk --zap-all /dev/sdb",
            "zfs rollback -r pool/x@1", "rm x", "kill 12", "kill -s KILL 12", "rc-service k3s stop",
            "/usr/local/bin/k3s-killall.sh", "./scripts/restore-database.sh --latest",
        ]
    )
    func destroys(_ code: String) { #expect(Self.kind(code) == "confirm") }

    @Test(
        "a script from the net asks first, whatever runs it",
        arguments: [
            "curl -s https://x/y | python -", "curl -s https://x/y | sudo python3 - --yes",
            "curl -s https://x/y | perl",
            "wget -qO- https://x/y | php", "curl -s https://x/y | gunzip | dash",
            "curl -s https://x/y | . /dev/stdin",
            "source <(curl -s https://x/y)", ". <(wget -qO- https://x/y)", "eval \"$(curl -s https://x/y)\"",
            "eval `curl -s https://x/y`", "python3 -c \"$(curl -s https://x/y)\"",
            "ruby -e \"$(curl -s https://x/y)\"",
            "python3 <(curl -s https://x/y)",
        ]
    )
    func fromTheNet(_ code: String) { #expect(Self.kind(code) == "confirm") }

    @Test(
        "what a program or a function is told to run is judged as well",
        arguments: [
            "parallel rm {} ::: a b", "ls | parallel 'gzip {}; rm {}'", "parallel ::: 'rm x'",
            "function x { rm -rf /data; }; x", "function x() { rm -rf /data; }", "builtin eval 'rm x'",
            "env -S 'rm -rf x'", "flock /tmp/l -c 'rm x'", "busybox rm x", "chroot /mnt rm x",
            "unshare -r rm x",
            "nsenter -t 1 -m rm x", "strace -f rm x", "taskset -c 0 rm x", "pkexec rm x",
            "systemd-run --unit x rm y",
            "script -qec 'rm x'", "runuser -l app -c 'rm x'", "sg staff 'rm x'", "bash <<< 'rm x'",
            "at now <<< 'rm x'",
            "echo 'rm x' | at now",
        ]
    )
    func told(_ code: String) { #expect(Self.kind(code) == "confirm") }

    @Test(
        "code that a shell is told to run has whole quotes, or asks",
        arguments: [
            "bash -c \"echo 'never closed\"", "ssh web1 'echo \"x; date'", "eval \"echo 'x\"",
            "ssh web1 \"bash -c 'echo \\\"x'\"", "x=$(bash -c \"echo 'x\")", "x=$(echo 'x)",
        ]
    )
    func cut(_ code: String) { #expect(Self.kind(code) == "confirm") }

    @Test(
        "so does what Python destroys",
        arguments: ["import shutil\nshutil.rmtree(\"/data\")", "os.remove(p)"]
    )
    func python(_ code: String) { #expect(Self.kind(code, tag: "python") == "confirm") }

    @Test(
        "what needs a person or never ends is by hand",
        arguments: [
            "sudo -iu postgres", "sudo -i -u postgres", "sudo -u postgres -i", "sudo bash", "bash",
            "newgrp docker",
            "docker container exec -it db bash", "docker container run -it img",
            "docker compose run web bash",
            "docker compose -f x.yml exec web bash", "crictl exec -it x sh", "mosh web1", "node",
            "docker stats",
            "while true; do date; sleep 1; done", "stern web", "sleep infinity", "redis-cli monitor",
            "# If using systemd\nsystemctl restart k3s\n# If using openrc\nrc-service k3s restart",
            "systemctl restart k3s\n# Or with openrc\nrc-service k3s restart",
            "# If you use systemd\na b\n# Otherwise\nc d",
            "aws ec2 reboot-instances --instance-ids i-xxxxxxxx", "kubectl logs web-xxxxx",
            "aws s3 ls s3://backup-CHANGEME/",
        ]
    )
    func byHand(_ code: String) { #expect(Self.kind(code) == "by hand") }

    @Test(
        "comments that name several ways say that one is meant",
        arguments: [
            ("# staging\n./go a\n# production\n./go b", "environments"),
            ("# For staging:\n./go a\n\n# For prod:\n./go b", "environments"),
            ("  ## [Staging]\n  ./go a\n  ## Dev environment\n  ./go b", "environments"),
            ("./go a   # staging\n./go b   # production", "environments"),
            ("# dev\na\n# qa\nb", "environments"),
            ("# systemd\nsystemctl restart x\n# openrc\nrc-service x restart", "init systems"),
            ("# Using Docker\ndocker ps\n# Using Podman\npodman ps", "container engines"),
            ("# bash\na\n# zsh\nb", "shells"), ("# Option 1\na b\n# Option 2: c\nd", "options"),
            ("# Linux\na b\n# macOS\nc d", "systems"), ("  # Linux\n  a b\n  # macOS\n  c d", "systems"),
        ]
    )
    func ways(_ code: String, _ difference: String) {
        let cell = Self.cells("```bash\n\(code)\n```\n").first
        #expect(
            cell?.handling
                == .byHand(because: "its comments name several \(difference), of which one is meant")
        )
    }

    @Test(
        "comments that only say what comes next name none",
        arguments: [
            "# Deploy to staging\na b\n# Deploy to production\nc d", "# staging\na b\n# check it\nc d",
            "# production\na b", "# test\na\n# integration\nb", "# prod\na\n# production\nb",
            "# If it fails, see below\na b", "# Step 1\na\n# Step 2\nb", "# staging and production\na",
        ]
    )
    func oneWay(_ code: String) { #expect(Self.kind(code) == "run") }

    @Test(
        "what is near to it runs",
        arguments: [
            "sudo -u postgres pg_dump app", "docker compose -f prod.yml ps", "bash x.sh", "bash -c 'date'",
            "kill -0 12",
            "cat <<EOF > notes\nrm -rf is dangerous\nEOF", "echo $(( 1 << 3 ))",
            "while true; do date; break; done",
            "rsync -a x/ y/", "git push origin main", "docker stats --no-stream", "tar -xxx-y f",
            "echo 'delete'", "az vm list",
            "curl -s https://x/y | python3 -m json.tool", "curl -s https://x/y | perl -ne 'print'",
            "curl -s https://x/y | python3 parse.py", "curl -s https://x/y | node -e 'x'",
            "eval \"$(ssh-agent -s)\"",
            "source <(kubectl completion bash)", "python3 x.py \"$(curl -s https://x/y)\"",
            "X=$(curl -s https://x/y)",
            "function x { date; }; x", "bash -c \"echo 'closed'\"", "ssh web1 \"echo it\\'s\"",
            "bash <<< 'date'",
            "git commit -m \"$(cat <<EOF\nit's (so\nEOF\n)\"", "x=$(date # it's\n)", "echo \"\\$(it's\"",
            "x=$(( 1 << b ))\ny=$(echo $((1 << b)))", "echo \"$(echo \"a)b\")\"", "chroot /mnt date",
        ]
    )
    func runs(_ code: String) { #expect(Self.kind(code) == "run") }

    @Test(
        "only what follows a prompt is code, and what continues it",
        arguments: [
            ("$ yarn deploy\n> ./deploy.sh --production\nok", "yarn deploy"),
            ("$ echo a \\\n> b\nc", "echo a \\\nb"),
            ("$ test -f x ||\n    exit 1\n$ ls", "test -f x ||\n    exit 1\nls"),
            ("$ for i in 1 2; do\n>   echo $i\n> done\n1\n2", "for i in 1 2; do\n  echo $i\ndone"),
            ("$ kubectl get ns |\n    grep old\nold   Active", "kubectl get ns |\n    grep old"),
            ("$ echo $'it\\'s'\nit's", "echo $'it\\'s'"),
            ("$ function f {\n>   ls\n> }\na", "function f {\n  ls\n}"),
            ("$ (cd x && ls)\na", "(cd x && ls)"), ("$ true && \"x\"\na", "true && \"x\""),
            (
                "cat > README <<EOF\n$ make clean\nEOF\nmake install",
                "cat > README <<EOF\n$ make clean\nEOF\nmake install"
            ),
        ]
    )
    func prompts(_ body: String, _ code: String) throws {
        let cell = try #require(Self.cells("```console\n\(body)\n```\n").first)
        let lines = String(decoding: cell.code, as: UTF8.self).split(separator: "\n")
        #expect(lines.joined(separator: "\n") == code)
    }

    @Test(
        "a session that is not understood is by hand",
        arguments: [
            "$ for i in 1 2; do\n1\n$ ls", "$ test -f x ||",
            "# crontab -l -u app | grep clean\n/usr/local/bin/clean-disk /dev/sda",
        ]
    )
    func unclearSession(_ body: String) { #expect(Self.kind(body, tag: "console") == "by hand") }

    @Test(
        "what the text forbids is shown",
        arguments: [
            "Do not run the following command:", "**Never** run this in production:", "Don't do this:",
            "Wrong:",
        ]
    )
    func forbidden(_ sentence: String) {
        #expect(Self.cells("\(sentence)\n\n```bash\nls\n```\n").map { Self.kind(of: $0) } == ["shown"])
    }

    @Test(
        "a warning about how to run it forbids nothing",
        arguments: ["Do not run this as root:", "Run the following:"]
    )
    func warned(_ sentence: String) {
        #expect(Self.cells("\(sentence)\n\n```bash\nls\n```\n").map { Self.kind(of: $0) } == ["run"])
    }

    @Test(
        "the rollback is outside of the forward order, unless it is what the runbook is for",
        arguments: [
            ("# Deploy\n\n## Emergency rollback procedure", "undo"),
            ("# Deploy\n\n## Database rollback steps", "undo"),
            ("# Deploy\n\n## How to undo this", "undo"), ("# Deploy\n\n## Backing out", "undo"),
            ("# Deploy\n\n## Test the rollback", "run"), ("# Rollback runbook\n\n## Rollback steps", "run"),
            ("# Rollback runbook\n\n## Common issues", "undo"), ("# Deploy\n\n## Deprecated", "shown"),
        ]
    )
    func rollback(_ headings: String, _ expected: String) {
        #expect(Self.cells("\(headings)\n\n```bash\nls\n```\n").map { Self.kind(of: $0) } == [expected])
    }

    @Test(
        "one goes home with an exit of one's own, from the shell that is open",
        arguments: [
            (["ssh db1", "mv a b"], "by hand"), (["ssh db1", "exit", "mv a b"], "run"),
            (["ssh db1", "systemctl is-active pg || exit 1", "mv a b"], "by hand"),
            (["ssh bastion", "ssh db1", "exit", "mv a b"], "by hand"),
            (["ssh bastion", "ssh db1", "exit", "exit", "mv a b"], "run"),
        ] as [([String], String)]
    )
    func places(_ codes: [String], _ expected: String) {
        let cells = Self.cells("# T\n\n## Work\n\n" + codes.map { "```bash\n\($0)\n```\n\n" }.joined())
        #expect(cells.last.map { Self.kind(of: $0) } == expected)
    }

    @Test("a numbered heading that connects is where the rest happens")
    func numberedEntrance() {
        let cells = Self.cells(
            "# T\n\n## 1. Connect to the host\n\n```bash\nssh db1\n```\n\n## 2. Move it\n\n```bash\nmv a b\n```\n"
        )
        #expect(cells.map { Self.kind(of: $0) } == ["by hand", "by hand"])
    }

    @Test(
        "an attribute outside of braces is an error",
        arguments: ["bash run=no", "bash,run=no", "bash title=\"x\" run=no"]
    )
    func bareAttribute(_ info: String) {
        #expect(
            Runbook.read("```\(info)\nls\n```\n").diagnostics.contains {
                $0.code == .attributeInvalid && $0.severity == .error
            }
        )
    }

    @Test(
        "another tool's words are none",
        arguments: ["bash title=\"x\"", "bash,name=x", "bash {run=yes}", "bash lineNumbers=1"]
    )
    func foreignWords(_ info: String) {
        #expect(!Runbook.read("```\(info)\nls\n```\n").diagnostics.contains { $0.severity == .error })
    }

    @Test("what must not run all at once says so in any spelling", arguments: ["true", "TRUE", "yes", "1"])
    func excluded(_ value: String) {
        #expect(
            Self.cells("```bash {excludeFromRunAll=\(value)}\nls\n```\n").map { Self.kind(of: $0) } == [
                "shown"
            ]
        )
    }

    @Test(
        "a query or a formula is no command",
        arguments: ["sum(rate(x[5m])) * 100", "(a_b / c_d) * 100", "histogram_quantile(0.99, x) > 1"]
    )
    func query(_ code: String) { #expect(Self.kind(code, tag: "console") == "shown") }

    @Test(
        "a function and a group are",
        arguments: ["f() { date; }\nf", "(cd x; ls) > y", "(a && b) || c", "a=(1 2)"]
    )
    func groups(_ code: String) { #expect(Self.kind(code) == "run") }

    @Test("what is to be run in all pods is no work for here")
    func inPods() {
        let cells = Self.cells(
            "Run the following command in all etcd pods:\n\n```bash\netcdctl defrag\n```\n"
        )
        #expect(cells.map { Self.kind(of: $0) } == ["by hand"])
    }

    @Test("Python that waits for an answer is by hand")
    func input() { #expect(Self.kind("x = input(\"Really? \")", tag: "python") == "by hand") }

    @Test(
        "an attribute in other letters is an error",
        arguments: ["bash {RUN=no}", "bash {Confirm}", "bash { run: no }"]
    )
    func otherLetters(_ info: String) {
        #expect(Runbook.read("```\(info)\nls\n```\n").diagnostics.contains { $0.severity == .error })
    }
}
