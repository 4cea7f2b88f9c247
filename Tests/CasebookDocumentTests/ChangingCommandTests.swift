import CasebookDocument
import Testing

/// Commands that others notice: what is published, restarted or left running; the name of a row is its code.
@Suite struct ChangingCommandTests {
    @Test(
        "what is published asks first",
        arguments: [
            ("imagetool --push", "confirm: `imagetool` publishes what it makes"),
            ("imagetool --push --dry-run", "run"),
            ("docker buildx build --push -t x .", "confirm: `docker` publishes what it makes"),
            ("git push origin v1.2.0", "confirm: `git push` publishes a tag"),
            ("git push --tags", "confirm: `git push` publishes a tag"),
            ("git push origin \"$TAG\"", "confirm: `git push` publishes a tag"),
            ("git push origin main", "run"), ("git push -u origin vendor-update", "run"),
            ("git remote set-url --push origin x", "run"),
            ("docker push example.org/shop:1", "confirm: `docker push` publishes an image"),
            ("docker push localhost:5000/shop:1", "run"),
            ("npm publish", "confirm: `npm publish` publishes a package"),
            ("cargo publish --dry-run", "run"), ("npm run publish-docs", "run"),
            ("cast send $A 'f()' --private-key $K", "confirm: `cast send` sends a signed transaction"),
            ("cast call $A 'f()'", "run"),
        ]
    )
    func published(_ code: String, _ expected: String) throws {
        #expect(try RecordedTests.handling(of: "```bash\nA=1 K=2 TAG=3\n\(code)\n```\n") == expected)
    }

    @Test(
        "what changes a machine, a database or something behind an interface asks first",
        arguments: [
            (
                "kubectl rollout restart -n shop statefulset/web",
                "confirm: `kubectl rollout restart` restarts what keeps data"
            ),
            (
                "kubectl rollout restart deploy/postgres",
                "confirm: `kubectl rollout restart` restarts a database"
            ),
            (
                "aws rds restore-db-instance-to-point-in-time --target-db-instance-identifier x",
                "confirm: `aws rds` brings back a backup"
            ),
            ("aws rds describe-db-snapshots", "run"),
            (
                "velero restore create --from-backup x",
                "confirm: `velero restore create` brings back a backup"
            ),
            ("velero restore get", "run"),
            ("kubectl rollout restart deployment/web", "run"),
            ("kubectl rollout status statefulset/web", "run"),
            (
                "curl -X PUT -d '{\"a\": 1}' https://h/a",
                "confirm: `curl` changes something through an interface"
            ),
            (
                "curl --request=PATCH -d @f https://h/a",
                "confirm: `curl` changes something through an interface"
            ),
            ("curl -X POST -d '{\"a\": 1}' https://h/a", "run"),
            ("iptables -A INPUT -j DROP", "confirm: `iptables` changes the firewall's rules"),
            (
                "sudo ip6tables -t nat -A POSTROUTING -j MASQUERADE",
                "confirm: `ip6tables` changes the firewall's rules"
            ),
            ("iptables -L -n", "run"), ("iptables -t nat -S", "run"),
            ("cat hosts >> /etc/hosts", "confirm: `cat` adds to a file of the system"),
            ("echo x | sudo tee -a /etc/fstab", "confirm: `tee` adds to a file of the system"),
            ("ssh web1 'echo x >> /etc/hosts'", "confirm: `echo` adds to a file of the system"),
            ("cat <<EOF >> /etc/hosts\nx\nEOF", "confirm: `cat` adds to a file of the system"),
            ("echo x >> etc/hosts", "run"), ("cat /etc/hosts >> all", "run"), ("echo x > /tmp/etc", "run"),
            (
                "sudo hostnamectl set-hostname web1",
                "confirm: `hostnamectl set-hostname` changes the name of the machine"
            ), ("hostnamectl", "run"),
        ]
    )
    func changed(_ code: String, _ expected: String) throws {
        #expect(try RecordedTests.handling(of: "```bash\n\(code)\n```\n") == expected)
    }

    @Test(
        "a server that a cell leaves running asks first, and one in the foreground is by hand",
        arguments: [
            ("./db start --port=3000 ./data &", "confirm: `db start` is left running"),
            ("python3 -m http.server 8000 &", "confirm: `python3` is left running"),
            ("shop serve &\nsleep 1", "confirm: `shop serve` is left running"),
            ("./db start --port=3000 ./data", "by hand: `db start` seems to serve until it is stopped"),
            ("minikube start --listen-address=0.0.0.0", "run"), ("docker start web", "run"),
            ("./db start --port=3000 --background", "run"), ("./db start", "run"),
            ("kubectl port-forward svc/x 80 &", "run"), ("make build &\nwait", "run"),
            ("sudo systemctl start db &", "run"),
        ]
    )
    func leftRunning(_ code: String, _ expected: String) throws {
        #expect(try RecordedTests.handling(of: "```bash\n\(code)\n```\n") == expected)
    }
}
