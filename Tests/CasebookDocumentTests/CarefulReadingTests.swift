import CasebookDocument
import Testing

/// Rows of the tables, sentences with conditions and variables: each with an example of its own.
@Suite struct CarefulReadingTests {
    private static func kind(_ code: String, tag: String = "bash", before: String = "Do it:") -> String {
        let cell = Runbook.read("# T\n\n\(before)\n\n```\(tag)\n\(code)\n```\n").cells.first
        return switch cell?.handling {
        case .run: "run"
        case .confirm: "confirm"
        case .shown: "shown"
        case .byHand: "by hand"
        default: "other"
        }
    }

    @Test(
        "what takes something away asks first",
        arguments: [
            "docker rm x",
            "docker rmi x",
            "docker container rm x",
            "docker container stop x",
            "docker image rm x",
            "docker network rm x",
            "docker service rm x",
            "docker stack rm x",
            "docker swarm leave x",
            "podman rm x",
            "podman rmi x",
            "podman stop x",
            "podman kill x",
            "podman volume rm x",
            "podman system prune x",
            "supervisorctl stop x",
            "pg_ctl stop x",
            "systemctl kill x",
            "systemctl isolate x",
            "aws s3 rm x",
            "aws x purge-x x",
            "aws x schedule-key-deletion x",
            "gcloud storage rm x",
            "heroku apps:destroy x",
            "heroku pg:reset x",
            "tofu destroy x",
            "terraform state rm x",
            "pulumi stack rm x",
            "helm rollback x",
            "kubeadm reset x",
            "talosctl reset x",
            "kubectl cordon x",
            "kubectl taint x",
            "nomad job stop x",
            "vault token revoke x",
            "vault secrets disable x",
            "rabbitmqctl reset x",
            "rabbitmqctl stop_app x",
            "rabbitmqctl purge_queue x",
            "nodetool removenode x",
            "nodetool decommission x",
            "redis-cli del x",
            "redis-cli DEL x",
            "redis-cli shutdown x",
            "redis-cli SHUTDOWN x",
            "mysqladmin drop x",
            "mysqladmin shutdown x",
            "cryptsetup luksFormat x",
            "cryptsetup luksErase x",
            "lvreduce x",
            "sfdisk x",
            "nvme format x",
            "virsh undefine x",
            "virsh shutdown x",
            "virsh destroy x",
            "rbd rm x",
            "rados rm x",
            "ceph osd out x",
            "ifdown x",
            "ip link set eth0 down x",
            "ip addr flush x",
            "apt autoremove x",
            "apt-get autoremove x",
            "yum erase x",
            "dnf erase x",
            "apk del x",
            "deluser x",
            "groupdel x",
            "git stash drop x",
            "git stash clear x",
            "http DELETE x",
            "nginx -s stop",
            "aws s3 sync a b --delete",
            "terraform apply plan.tfplan",
            "pulumi up -y",
            "iptables -X",
            "rpm -e x",
            "dpkg -r x",
            "pacman -R x",
            "git branch -D x",
            "curl -sXDELETE u",
            "wget --method=DELETE u",
            "psql <<EOF\nTRUNCATE x;\nEOF",
            "psql -c \"BEGIN; TRUNCATE x\"",
            "psql -c \"DROP   TABLE x\"",
            "mongosh --eval 'db.x.drop()'",
            "kill -10 5",
            "kill -ALRM 5",
            "mysql -e \"drop sequence x\"",
            "python3 - <<EOF\nimport shutil; shutil.rmtree(\"x\")\nEOF",
        ]
    )
    func removes(_ code: String) { #expect(Self.kind(code) == "confirm") }

    @Test(
        "calls that destroy ask first",
        arguments: [
            "from shutil import rmtree\nrmtree(\"x\")",
            "from os import remove\nremove(\"x\")",
            "subprocess.run([\"rm\",\"-rf\",\"x\"])",
            "os.system(\"rm -fr x\")",
            "requests.delete(u)",
            "s3.delete_object(1)",
            "c.delete_many({})",
        ]
    )
    func calls(_ code: String) { #expect(Self.kind(code, tag: "python") == "confirm") }

    @Test(
        "their siblings run",
        arguments: [
            "kubectl rollout restart d/x",
            "terraform apply -help",
            "git branch -a",
            "docker ps",
            "helm upgrade x y",
            "systemctl restart x",
            "ip link set eth0 up",
            "redis-cli get x",
            "rpm -qa",
            "dpkg -l",
            "kill -0 5",
            "aws s3 sync a b",
            "pulumi up --help",
            "nginx -s reload",
            "git status",
            "make test",
            "npm run build",
            "git reset HEAD x",
            "docker images",
            "vault status",
        ]
    )
    func keeps(_ code: String) { #expect(Self.kind(code) == "run") }

    private static func open(_ code: String) -> [String] {
        Runbook.read("```bash\n\(code)\n```\n").cells.flatMap(\.openVariables)
    }

    @Test(
        "a word of another command sets nothing",
        arguments: [
            "mv $SSH_BACKUP/* /x",
            "ssh $SSH_HOST uptime",
            "mv $COMP_DIR/* /x",
            "ls $BASH_DIR",
            "make D=x clean; mv $D/* y",
            "docker run -e D=x a; mv $D/* y",
            "echo D=1; mv $D/* y",
            "ssh h D=1; mv $D/* y",
            "test x=y; mv $x/* y",
            "ls ${X:-a #b}; mv $D/x y",
        ]
    )
    func needs(_ code: String) { #expect(Self.open(code).count == 1) }

    @Test(
        "an assignment sets, wherever the grammar has one",
        arguments: [
            "X=1; echo $X",
            "X=1 Y=$X; echo $Y",
            "export A=1 B=2; echo $A $B",
            "A=$(cat a) B=$(cat b) C=\"$(cat c)\"; echo $A $B $C",
            "if X=$(a); then echo $X; fi",
            "for i in a; do X=$i; echo $X; done",
            "X=$(a) 2>/dev/null; echo $X",
            "f() { local X=1; echo $X; }",
            "declare -x X=1; echo $X",
            "case $1 in a) X=1;; esac; echo $X",
            "x=$(y=1; echo $y); echo $x",
            "{ X=1; }; echo $X",
            "(X=1; echo $X)",
            "X=(a b); echo $X",
            "while X=$(a); do echo $X; done",
            "readonly X=1\necho $X",
            "a && X=1 && echo $X",
            "sudo true; X=1\necho $X",
            "[ -z \"$HOME\" ] && X=1; echo $X",
        ]
    )
    func sets(_ code: String) { #expect(Self.open(code).isEmpty) }

    private static func hasChoice(_ text: String) -> Bool {
        Runbook.read("# T\n## A\n\(text)\n\n```bash\n./go\n```\n").cells.contains {
            $0.place.condition != nil
        }
    }

    @Test(
        "a condition in another place of the sentence is a choice",
        arguments: [
            "Only run this if the disk is full:",
            "Run this only if the disk is full:",
            "Run this if it hangs:",
            "Run this when it hangs:",
            "Restart it if the check failed:",
            "Skip this if it is done:",
            "Not needed unless it is old:",
            "For production only:",
            "In an emergency:",
            "In the worst case:",
            "Failing that:",
            "As a fallback:",
            "Only after approval from the lead:",
            "Get approval first:",
        ]
    )
    func limits(_ text: String) { #expect(Self.hasChoice(text)) }

    @Test(
        "a question and an order are none",
        arguments: [
            "Check if it runs:",
            "Run the following to see if it works:",
            "Verify that the pod is up if you like:",
            "Restart the pod:",
            "Confirm when it is done:",
            "Run this command:",
            "Use the CLI to find out if it runs:",
        ]
    )
    func orders(_ text: String) { #expect(!Self.hasChoice(text)) }

    @Test(
        "words for another way",
        arguments: ["Alternative:", "Another option is:", "Instead:", "You can also run:"]
    )
    func otherWay(_ text: String) {
        let code = "```bash\n./go\n```\n\n"
        let cells = Runbook.read("# T\n## A\n\(code)\(text)\n\n\(code)").cells
        #expect(cells.map { $0.place.condition?.answer } == ["way-1", "way-2"])
    }

    @Test("container engines are ways")
    func engines() {
        let code = "\n```bash\n./go\n```\n"
        let cells = Runbook.read("# T\n## With Docker\n\(code)\n## With Podman\n\(code)").cells
        #expect(cells.map { $0.place.condition?.answer } == ["with-docker", "with-podman"])
    }

    @Test(
        "what the text or a comment forbids does not run",
        arguments: [
            ("You should never run:", "./go", "shown"), ("You must not run the following:", "./go", "shown"),
            ("Go:", "# DO NOT RUN\n./go", "by hand"), ("Go:", "# Do not run twice a day\n./go", "run"),
            ("This will delete all data:", "./go", "confirm"), ("This drops the table:", "./go", "confirm"),
            ("Go:", "# only if it is broken\n./go", "confirm"), ("Go:", "# only two of them\n./go", "run"),
            ("Go:", "kubectl get pods | grep \"<none>\"", "run"), ("Go:", "grep \"<host>\" f", "by hand"),
            ("Irreversible:", "./go", "confirm"), ("This deletes nothing:", "./go", "run"),
        ]
    )
    func forbids(_ before: String, _ code: String, _ expected: String) {
        #expect(Self.kind(code, before: before) == expected)
    }

    @Test("a prompt further in than the first one was printed")
    func prompts() throws {
        let text = "```console\n$ tool --help\nExamples:\n  $ tool deploy\n```\n"
        let cell = try #require(Runbook.read(text).cells.first)
        #expect(String(decoding: cell.code, as: UTF8.self) == "tool --help\n\n")
    }

    @Test(
        "long lines are read at once",
        arguments: [
            "x -- ", "npx ", "docker exec a ", "XXX ", "<<a>> ", "<a b>", "< a >< a >", "kubectl -a ", "{% ",
            "(a;",
        ]
    )
    func isFast(_ part: String) {
        let start = ContinuousClock.now
        _ = Runbook.read("```bash\n\(String(repeating: part, count: 8_000 / part.utf8.count))\n```\n")
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test(
        "sessions, and what waits for a person or never ends, are by hand",
        arguments: [
            "db> select 1",
            "node1> mv a b",
            "SQL> select 1",
            ">$ mv a b",
            "-bash-4.2$ x",
            "/data $ x",
            "[h]$ x",
            "root@h ~ # ls",
            "me@h ~ $ x",
            "web-1 ~ $ x",
            "user@h% x",
            "user@h:~> x",
            "(env)$ x",
            "node1 $ x",
            "PS D:\\> x",
            "redis 127.0.0.1:6379> x",
            "127.0.0.1:6379[1]> x",
            "rs0:PRIMARY> x",
            "cqlsh:ks> x",
            "In [1]: x",
            "[zk: h:2181(CONNECTED) 0] ls /",
            "OpenSSL> x",
            "crictl exec -it c bash",
            "minikube ssh",
            "ipython",
            "top -b",
            "while sleep 1; do x; done",
            "sshpass -p x ssh h",
            "kinit",
        ]
    )
    func sessions(_ code: String) { #expect(Self.kind(code) == "by hand") }

    @Test(
        "redirections, groups and comments are no session",
        arguments: [
            "ls> out.txt",
            "make > log",
            "(ls) > out",
            "(make) > log 2>&1",
            "for((i=0;i<3;i++)); do echo $i; done",
            "while((x<3)); do ls; done",
            "minikube ssh ls",
            "vagrant ssh -- ls",
            "gcloud compute ssh x -- ls",
            "[ -f x ] && ls",
            "tool x # twice",
            "./go # twice",
            "echo a > b",
            "echo $HOME",
            "test $x",
            "a=1",
            "mytool> out.txt",
            "2>err ls x y",
            "ls /data # comment",
            "cut -d : -f 1 x",
            "x > y z",
            "top -b -n 1",
        ]
    )
    func redirections(_ code: String) { #expect(Self.kind(code) == "run") }
}
