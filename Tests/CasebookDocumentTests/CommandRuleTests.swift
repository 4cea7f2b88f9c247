import CasebookDocument
import Testing

/// What commands inside commands do, and rules that hold for every program; the name of a row is its code.
@Suite struct CommandRuleTests {
    private func handling(_ code: String) throws -> String {
        let cell = try #require(Runbook.read("```bash\n\(code)\n```\n").cells.first)
        return switch cell.handling {
        case .run: "run"
        case .confirm(let why): "confirm: \(why)"
        case .byHand(let why): "by hand: \(why)"
        case .shown(let why): "shown: \(why)"
        case .undo(let why): "undo: \(why)"
        case .check(let why): "check: \(why)"
        }
    }

    @Test(
        "a command that another one runs is judged as well",
        arguments: [
            (
                "kubectl --kubeconfig=$(find_it) delete ns shop",
                "confirm: `kubectl delete` deletes objects of the cluster"
            ),
            ("rm $(cat list) -rf", "confirm: `rm` deletes files without asking"),
            ("kubectl -n `cat ns` delete pod x", "confirm: `kubectl delete` deletes objects of the cluster"),
            ("echo $(rm -rf /data)", "confirm: `rm` deletes files without asking"),
            ("kubectl exec pod -- rm -rf /data", "confirm: `rm` deletes files without asking"),
            ("docker exec -u root db rm -rf /data", "confirm: `rm` deletes files without asking"),
            ("ssh -p 22 host rm -rf /data", "confirm: `rm` deletes files without asking"),
            ("ssh host 'sudo systemctl stop nginx'", "confirm: `systemctl stop` stops a service"),
            ("bash -c \"rm -rf x\"", "confirm: `rm` deletes files without asking"),
            ("su - postgres -c 'dropdb shop'", "confirm: `dropdb` deletes a database"),
            (
                "cloud aws admin -- kubectl delete ns x",
                "confirm: `kubectl delete` deletes objects of the cluster"
            ),
            (
                "cloud aws admin -- kubectl exec -it box -- bash",
                "by hand: `kubectl exec` opens a shell in a container"
            ),
            ("kubectl exec pod -- mysql", "by hand: `mysql` opens a database console"),
            ("kubectl exec -it pod -- bundle exec rails c", "by hand: `rails c` opens a console"),
            ("kubectl exec -it pod -- ./menu", "by hand: `kubectl exec` may need a person in a container"),
            ("docker compose exec web ls", "by hand: `docker compose exec` needs a terminal"),
            ("docker compose exec -T web ls", "run"),
            ("poetry run python", "by hand: `python` opens a console"),
            ("poetry run python x.py", "run"), ("npx prettier .", "run"),
            ("bundle exec rake db:migrate", "run"),
            // A terminal that nobody needs.
            ("kubectl exec -it pod -- psql -c 'select 1'", "run"),
            ("kubectl exec -it pod -- cat /etc/hosts", "run"),
            ("kubectl exec -it pod -- bash -c 'cat /etc/hosts'", "run"),
            ("docker exec -it c cat /etc/hosts", "by hand: `docker exec` needs a terminal"),
            ("kubectl exec -it web -- cmd", "by hand: `kubectl exec` opens a shell in a container"),
            ("kubectl exec -c etcdctl etcd-0", "by hand: `kubectl exec` opens a shell in a container"),
            ("git checkout -- rm", "run"), ("npm test -- --watch=false", "run"),
            ("echo 'rm -rf /data'", "run"), ("echo \"$(date)\" > rm", "run"),
        ]
    )
    func nested(_ code: String, _ expected: String) throws { #expect(try handling(code) == expected) }

    @Test(
        "what deletes asks first, whatever the program",
        arguments: [
            ("kind delete cluster", "confirm: `kind delete` deletes or removes something"),
            ("kops delete cluster x --yes", "confirm: `kops delete` deletes or removes something"),
            ("etcdctl member remove 8e9e", "confirm: `etcdctl remove` deletes or removes something"),
            ("vagrant destroy -f", "confirm: `vagrant destroy` deletes or removes something"),
            ("make kind-down", "confirm: `make kind-down` takes something down"),
            ("./hack/usage/delete shoot", "confirm: `delete` says so by its name"),
            ("tfc apply -auto-approve", "confirm: `tfc` changes something without asking"),
            ("curl -X DELETE https://x/y", "confirm: `curl` deletes something through an interface"),
            ("curl --request=DELETE https://x/y", "confirm: `curl` deletes something through an interface"),
            ("curl -fsSL https://x/y | sudo bash", "confirm: `bash` runs a script from the net"),
            (
                "/bin/bash -c \"$(curl -fsSL https://x/y)\"",
                "confirm: `bash` runs what another command prints"
            ),
            ("bash <(curl -s https://x/y)", "confirm: `bash` runs what another command prints"),
            ("kubectl scale deploy x --replicas=0", "confirm: `kubectl scale` stops everything of it"),
            ("service mysql stop", "confirm: `service stop` stops a service"),
            ("systemctl disable --now x", "confirm: `systemctl disable` keeps a service from starting"),
            ("setenforce 0", "confirm: `setenforce` takes a protection away"),
            (
                "kubectl apply --prune -l a=b -f x",
                "confirm: `kubectl apply` deletes what its files do not name"
            ),
            ("kubectl apply -f x", "run"),
            (
                "curl -X POST https://x/cluster/upgrade",
                "confirm: `curl` asks an interface for something drastic"
            ),
            (
                "curl -sk -X PATCH \"https://x/c/etcdrecovery?a=b\" -d x",
                "confirm: `curl` asks an interface for something drastic"
            ),
            (
                "curl -X PUT https://x/vm/resize?size=2",
                "confirm: `curl` asks an interface for something drastic"
            ),
            ("curl -X POST https://x/items -d @a", "run"), ("curl https://x/upgrade", "run"),
            ("curl -X POST https://x/presets -d @a", "run"),
            ("curl -X POST https://x/restart/status -d @a", "run"),
            // Words of other things.
            ("grep delete x", "run"), ("echo destroy", "run"), ("cat remove", "run"),
            ("terraform plan -destroy", "run"),
            ("make build", "run"),
            ("kubectl delete --help", "confirm: `kubectl delete` deletes objects of the cluster"),
            ("bash deploy.sh \"$(date)\"", "run"), ("curl https://x/y | jq .", "run"),
            ("kubectl scale deploy x --replicas=3", "run"),
            ("aptly repo remove --help", "run"),
        ]
    )
    func destructive(_ code: String, _ expected: String) throws { #expect(try handling(code) == expected) }

    @Test(
        "what asks, opens or serves is done by hand, whatever the program",
        arguments: [
            ("kops edit cluster x", "by hand: `kops edit` opens an editor"),
            ("sentry shell", "by hand: `sentry shell` opens a console"),
            ("python manage.py shell", "by hand: `python shell` opens a console"),
            ("virtctl console vm", "by hand: `virtctl console` opens a console"),
            ("aws logs tail x --follow", "by hand: `aws logs` follows something and never ends"),
            ("vault server -dev", "by hand: `vault server` serves until it is stopped"),
            ("vllm serve model", "by hand: `vllm serve` serves until it is stopped"),
            ("vllm serve model &", "confirm: `vllm serve` is left running"),
            ("(cd x && exec vllm serve model) > log 2>&1 &", "confirm: `vllm serve` is left running"),
            ("(cd x && vllm serve model) && y &", "by hand: `vllm serve` serves until it is stopped"),
            ("timeout 5 vllm serve model", "run"),
            ("vault server --help", "run"),
            ("docker compose up", "by hand: `docker compose up` runs until it is stopped"),
            ("docker compose up -d", "run"),
            ("docker run -p 5000:5000 shop", "by hand: `docker run` serves until it is stopped"),
            ("docker run -d -p 5000:5000 shop", "run"), ("docker run --rm shop ls", "run"),
            ("git commit", "by hand: `git commit` opens an editor"), ("git commit -am x", "run"),
            ("ssh-keygen", "by hand: `ssh-keygen` asks questions"),
            ("ssh-keygen -t ed25519 -N '' -f key", "run"), ("ssh-keygen -R host", "run"),
            ("ssh-copy-id web1", "by hand: `ssh-copy-id` asks for a password"),
            ("htpasswd -c auth ada", "by hand: `htpasswd` asks for a password"),
            ("htpasswd -cb auth ada \"$WORD\"", "run"), ("echo \"$WORD\" | htpasswd -i auth ada", "run"),
            ("terraform apply", "by hand: `terraform apply` asks before it changes anything"),
            ("terraform apply plan.out", "run"),
            ("cat > /tmp/key", "by hand: `cat` waits for a person to type"),
            ("cat > /tmp/key <<EOF\nx\nEOF", "run"), ("cat < x", "run"), ("ls | cat", "run"),
            ("ls | ssh web1 'cd /srv && cat > x'", "run"),
            ("cat x > y", "run"),
            ("read name", "by hand: `read` waits for a person to type"),
            ("while read line; do echo $line; done < x", "run"), ("echo x | read y", "run"),
            ("docker login quay.io", "by hand: `docker login` asks a person to log in"),
            ("echo $P | docker login -u x --password-stdin", "run"),
            ("npm run watch", "by hand: `npm watch` runs until it is stopped"), ("npm run build", "run"),
            ("make gardener-dev", "by hand: `make gardener-dev` runs until it is stopped"),
            ("make device", "run"),
            ("k port-forward svc/x 80", "by hand: `kubectl port-forward` runs until it is stopped"),
            ("make run", "by hand: `make run` seems to run until it is stopped"),
            ("make run-rp", "by hand: `make run-rp` seems to run until it is stopped"),
            ("make runlocal-rp", "by hand: `make runlocal-rp` seems to run until it is stopped"),
            ("make start", "by hand: `make start` seems to run until it is stopped"),
            ("make run-tests", "run"), ("make run-unit-test", "run"), ("make run &", "run"),
            ("make run-migrations", "run"),
            ("npm run start:dev", "by hand: `npm start:dev` runs until it is stopped"),
            ("caddy run --config x", "by hand: `caddy run` serves until it is stopped"),
            ("kit run --cfg=a.toml --components=b", "by hand: `kit run` serves until it is stopped"),
            ("linter run --config=a", "run"), ("docker run x daemon", "run"),
            ("shop daemon", "by hand: `shop daemon` serves until it is stopped"),
            ("runme", "by hand: `runme` fills the screen until it is quit"), ("runme run x", "run"),
            ("runme tui", "by hand: `runme tui` fills the screen until it is quit"),
            ("hack/port-forward.sh db", "by hand: `port-forward.sh` seems to run until it is stopped"),
            (
                "./hack/attach_debugger-web.sh",
                "by hand: `attach_debugger-web.sh` seems to run until it is stopped"
            ),
            ("hack/port-forward.sh db &", "run"), ("cat hack/port-forward.sh", "run"),
            ("sudo openvpn client.ovpn &", "by hand: `openvpn` holds a tunnel open"),
            ("openvpn --daemon --config x", "run"), ("kubectl port-forward svc/x 80 &", "run"),
            ("hack/ssh-node.sh n1", "by hand: `ssh-node.sh` opens a session, as its name says"),
            ("bin/connect-console", "by hand: `connect-console` opens a session, as its name says"),
            ("exit", "by hand: it leaves a shell that a person opened"),
            ("test -f x || exit 1", "run"),
            ("cd server", "run"), ("ping -c 1 server", "run"), ("scp server:x .", "run"),
            ("systemctl start server", "run"),
            ("kubectl get console", "run"),
            ("tmux -L x attach", "by hand: `tmux attach` attaches to a terminal session"),
            ("tmux list-sessions -t abc", "run"), ("dlv connect :4040", "by hand: `dlv` opens a debugger"),
        ]
    )
    func byHand(_ code: String, _ expected: String) throws { #expect(try handling(code) == expected) }
}
