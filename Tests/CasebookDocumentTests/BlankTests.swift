import CasebookDocument
import Testing

/// One row for each rule about what is a blank; the other shapes are in ``HandlingTests``.
@Suite struct BlankTests {
    private func handling(_ code: String, _ tag: String) throws -> String {
        let cell = try #require(Runbook.read("```\(tag)\n\(code)\n```\n").cells.first)
        switch cell.handling {
        case .byHand(let why): return why
        case .run, .confirm, .check: return "runs"
        case .shown(let why), .undo(let why): return why
        }
    }

    @Test(
        "a blank in shell stops a cell",
        arguments: [
            // A `#` in quotes, a here-document or a word starts no comment.
            ("echo \"ticket # of <pod>\"; kubectl delete pod <pod> -n x", "<pod>"),
            ("echo 'a # b' <pod> x", "<pod>"),
            ("cat <<EOF\nv # <value>\nEOF", "<value>"), ("cat <<-EOF\n  EOF\n# <value>\n\tEOF", "<value>"),
            ("echo a\\ # <pod> x", "<pod>"), ("echo ${x:-a # <pod> x}", "<pod>"),
            ("echo \"$(echo \"a # <pod>\")\"", "<pod>"),
            ("echo \"$(cat <<E\n# <pod>\nE\n)\"", "<pod>"), ("echo `a # b` <pod> x", "<pod>"),
            ("cat <<A-B\nA\n# <pod>\nA-B", "<pod>"),
            ("echo \"a\n# <pod>\n\"", "<pod>"), ("# it's here\nls <pod> x", "<pod>"),
            // A name of HTML is no markup by itself.
            ("pg_dump -t <table> mydb", "<table>"), ("cat <input> x", "<input>"),
            ("echo \"<title>\"", "<title>"), ("x <link> y", "<link>"),
            ("x <section> y", "<section>"), ("x <code> y", "<code>"), ("x <form> y", "<form>"),
            ("x <option> y", "<option>"),
            ("x <style> y", "<style>"), ("cd <path/> x", "<path/>"), ("echo '</b>'; cat <b> x", "<b>"),
            // A digit before the `>` is a descriptor only before something to write to.
            ("kubectl delete pod <pod 2>", "<pod 2>"), ("kubectl delete pod <pod 2> -n x", "<pod 2>"),
            ("scp a <node 2> /tmp/x", "<node 2>"),
            ("cp <disk 1> ; ls", "<disk 1>"), ("ping <your node 2>.example.org", "<your node 2>"),
            // Digits, spaces and signs in the name.
            ("ssh <1st-node> uptime", "<1st-node>"), ("echo \"<server name>\"", "<server name>"),
            ("x <pod_name@x> y", "<pod_name@x>"),
            ("x <pod=name> y", "<pod=name>"), ("x <PASSWORD!> y", "<PASSWORD!>"),
            ("x <which pod?> y", "<which pod?>"),
            ("x <yes | no> y", "<yes | no>"), ("ssh <me@host.org> ls", "<me@host.org>"),
            ("echo 'ssh <me@host.org>'", "<me@host.org>"),
            ("kubectl delete pod < pod > -n x", "< pod >"), ("kubectl delete pod <<pod>> -n x", "<<pod>>"),
        ]
    )
    func shell(_ code: String, _ text: String) throws {
        #expect(try handling(code, "bash") == "it has the blank `\(text)`")
    }

    @Test(
        "a blank in Python stops a cell",
        arguments: [
            ("print(\"host # <your host>\"); x = 1", "<your host>"),
            ("h = \"<server name>\"", "<server name>"), ("x = <your value>", "<your value>"),
            ("f(<pod>)", "<pod>"), ("return <pod> + 1", "<pod>"), ("x = '''\n# <pod>\n'''", "<pod>"),
            ("f\"{d[\"a # <pod>\"]}\"", "<pod>"),
            ("x = 'it\\'s # <pod>'", "<pod>"),
        ]
    )
    func python(_ code: String, _ text: String) throws {
        #expect(try handling(code, "python") == "it has the blank `\(text)`")
    }

    @Test(
        "real shell runs",
        arguments: [
            // Comments.
            "# replace <pod> below\nls", "ls # see <pod>", "ls; # <pod>", "echo \"$x\" # <pod>",
            "cat <<EOF\na\nEOF\n# <pod>\nls", "echo it\\'s # <pod>",
            // Redirections.
            "cat < file", "cat < in > out", "cat < in >out", "cmd <in 2>&1", "cmd <in 2>err",
            "cmd <in 2>>err", "cmd <in 2>/dev/null", "cmd <in 2> /dev/null",
            "cmd <in.txt 2> err.log", "cmd <in.sql -q 2>err", "sort <in | uniq>out", "cmd 2>&1", "read x <&3",
            "diff <(a) <(b)", "cat <<EOF\nEOF",
            "cat <<EOF>>out\na\nEOF", "cat <<<\"$x\"", "sort <in && ls 2>err",
            // Comparisons.
            "[ 1 -lt 2 ]", "(( a < b ))", "[[ a < b ]]", "awk '$1 < 5 { print > \"x\" }'", "awk 'a<b && c>d'",
            "psql -c 'select 1 where a<5 and b>3'",
            // Markup and addresses in quotes.
            "echo '<title>x</title>'", "echo '<input name=x>'", "echo '<br/>'",
            "git commit -m x --trailer 'Signed-off-by: Jo Doe <jo@b.org>'",
            "sed 's/\\<word\\>/x/'",
        ]
    )
    func realShell(_ code: String) throws { #expect(try handling(code, "bash") == "runs") }

    @Test(
        "real Python runs",
        arguments: [
            "if a < b and c > d: pass", "x = a <b and c> d", "x = a<b>c", "x = 1 # <pod>",
            "print('a') # <pod>", "re.sub(r'(?P<a>x)', r'\\g<a>', s)",
            "def f() -> int: return 1", "x = '<p>a</p>'", "print(f'{a:<10} {b:>5}')",
        ]
    )
    func realPython(_ code: String) throws { #expect(try handling(code, "python") == "runs") }

    @Test("a long blank is found, and cut at 60 characters in the message")
    func longName() throws {
        let name = String(repeating: "pod ", count: 50) + "x"
        #expect(try handling("ls <\(name)> y", "bash") == "it has the blank `<\(name.prefix(58))…`")
    }

    @Test(
        "a word that only stands for a value stops a cell",
        arguments: [
            ("helm install --version [[VAR::version]]", "[[VAR::version]]"),
            ("echo \"[[name]]\"", "[[name]]"),
            ("update {comma separated list}", "{comma separated list}"), ("ci build [a|b-c]", "[a|b-c]"),
            ("cd /path/to/repository/x", "/path/to/repository/x"), ("cat path/to/x", "path/to/x"),
            ("ls file:///path/to/x", "/path/to/x"), ("login some-environment -l", "some-environment"),
            ("login our-some-app-admin", "our-some-app-admin"),
            ("kubectl get cm --namespace NAMESPACE", "NAMESPACE"),
            ("kubectl get cm -n NAMESPACE", "NAMESPACE"),
            ("x --cluster=CLUSTER", "CLUSTER"), ("x --cluster-name NAME", "NAME"),
            ("curl localhost:APP_PORT", "APP_PORT"), ("kubectl describe ing/INGRESS_NAME", "INGRESS_NAME"),
            ("kubectl logs POD_NAME", "POD_NAME"), ("export ID=Enter a valid ID", "Enter a valid ID"),
            ("export KEY=\"my-secret-key\"", "my-secret-key"), ("x --password my-password", "my-password"),
            ("P=my-profile", "my-profile"), ("export CLUSTER_NAME=cluster-name", "cluster-name"),
            ("HUB_NAME=\"hub-name\"", "hub-name"), ("aws --id ${db-instance-name}", "${db-instance-name}"),
            ("kubectl logs web-N -n x", "web-N"), ("URL=https://", "https://"), ("ADDRESS=0x", "0x"),
            ("echo \"it is <value> now and then\" > file", "<value>"),
        ]
    )
    func standIn(_ code: String, _ text: String) throws {
        #expect(try handling(code, "bash") == "it has the blank `\(text)`")
    }

    @Test(
        "a word that means itself runs",
        arguments: [
            "[[ name ]]", "ls [[:alpha:]]*", "{ ls; }", "cp a/{b,c} d", "f() { echo hi; }",
            "awk '{print x}' f",
            "[[ a | b ]] || ls", "ls [ab]*", "ls /path/tool", "ls --some-option", "awesome-tool x",
            "export POD_NAME",
            "printenv DB_HOST", "docker run -e DB_HOST image", "kubectl get x -o custom-columns=POD_NAME:.x",
            "git checkout FETCH_HEAD", "x --cap-add SYS_ADMIN", "X=A ls", "NAME=my-app",
            "TOKEN=my-etcd-token-1",
            "kubectl create secret generic my-secret", "CLUSTER=cluster make x", "name=a-b", "echo ${x:-a-b}",
            "db=1; echo ${db-instance-name}", "wc -N", "URL=https://example.org", "X=0x1F",
            "grep POD_NAME file",
            "x --namespace default", "FORMAT=The ls", "echo $CLUSTER_NAME", "echo ${POD_NAME}",
            // What is said to people.
            "echo \"Usage: deploy <environment>\"",
            "test -n \"$1\" || echo \"give the <environment> as first word\" >&2",
            // Marks that keep a site generator away.
            "{% raw %}\nls\n{% endraw %}",
        ]
    )
    func itself(_ code: String) throws { #expect(try handling(code, "bash") == "runs") }

    @Test(
        "nested brackets and sets of Python are its own",
        arguments: ["x = [[a]]", "x = {a for a in b}", "x = some-environment"]
    )
    func pythonItself(_ code: String) throws { #expect(try handling(code, "python") == "runs") }

    @Test(
        "Perl reads lines with brackets",
        arguments: ["while (<STDIN>) { print }", "my $line = <FH>;", "my @all = <$file>; print <LOG>;"]
    )
    func perlItself(_ code: String) throws { #expect(try handling(code, "perl") == "runs") }

    @Test("a blank in a text of Perl is one")
    func perlBlank() throws {
        #expect(try handling("print 'the <pod-name>';", "perl") == "it has the blank `<pod-name>`")
    }

    @Test(
        "a word that the text before explains is a blank",
        arguments: [
            ("Run it (where `DATABASE` is the name):", "x DATABASE y", "it has the blank `DATABASE`"),
            ("Replace `web-1` with the name of the pod:", "kubectl logs web-1", "it has the blank `web-1`"),
            ("Replace `old` with `new`:", "sed -i s/old/new/ f", "runs"),
            ("See `ls` and `x`:", "ls x", "runs"),
            ("Replace `HOST`:", "echo $HOST; HOST=a", "runs"), ("The host, where `x` is set:", "x", "runs"),
        ]
    )
    func explained(_ text: String, _ code: String, _ expected: String) throws {
        let cell = try #require(Runbook.read("\(text)\n\n```bash\n\(code)\n```\n").cells.first)
        switch cell.handling {
        case .byHand(let why): #expect(why == expected)
        case .run: #expect("runs" == expected)
        default: Issue.record("\(cell.handling)")
        }
    }

    @Test(
        "a name between the marks of a template or of a page stops a cell",
        arguments: [
            ("kubectl describe pod <pod[0]> -n shop", "<pod[0]>"),
            ("kubectl logs <pod \"x\"> -n shop", "<pod \"x\">"),
            ("kubectl logs <pod; see above> -n x", "<pod; see above>"),
            ("kubectl logs <the pod; -n shop", "<the pod"),
            ("kubectl logs <$POD> -n x", "<$POD>"), ("kubectl logs {pod_name} -n shop", "{pod_name}"),
            ("kubectl logs web -n {namespace}", "{namespace}"), ("export NS=\"{namespace}\"", "{namespace}"),
            ("curl \"https://{host}/x\"", "{host}"), ("aws s3 ls s3://{bucket}/x", "{bucket}"),
            ("kubectl logs {{ pod_name }}", "{{ pod_name }}"),
            ("x ${{ secrets.TOKEN }}", "${{ secrets.TOKEN }}"),
            ("kubectl logs [pod-name]", "[pod-name]"), ("kubectl logs [POD]", "[POD]"),
            ("x [--force]", "[--force]"),
            ("helm upgrade --set image.tag={tag}", "{tag}"), ("kubectl logs __POD__", "__POD__"),
            ("x %POD%", "%POD%"),
            ("x \"__POD__\"", "__POD__"), ("mysql -pYOUR_PASSWORD x", "YOUR_PASSWORD"),
            ("x --label=YOUR_KEY=a", "YOUR_KEY"), ("kubectl logs &lt;pod&gt;", "&lt;pod&gt;"),
            ("kubectl logs &#x3C;pod>", "&#x3C;pod>"), ("kubectl logs \\<pod\\>", "\\<pod\\>"),
            ("kubectl logs «pod»", "«pod»"), ("curl http://x.x.x.x/", "x.x.x.x"),
            ("ssh 10.0.0.x ls", "10.0.0.x"),
            ("git checkout vX.Y.Z", "vX.Y.Z"), ("curl https://yourdomain.com", "yourdomain"),
            ("echo a | \\\n  x {pod}", "{pod}"),
        ]
    )
    func marks(_ code: String, _ text: String) throws {
        #expect(try handling(code, "bash") == "it has the blank `\(text)`")
    }

    @Test(
        "braces, brackets and signs that a shell or a tool reads run",
        arguments: [
            "echo {a,b}", "echo {1..3}", "echo ${x:-y}", "kubectl get pod -o jsonpath={.items}", "f() {ls}",
            "kubectl get pod -o jsonpath=\"{range .items[*]}{.x}{end}\"", "awk {print} f", "jq {name} f",
            "echo a | xargs -I {name} echo {name}", "git log HEAD@{yesterday}", "exec {fd}>x",
            "docker ps --format {{json}}", "borg create ::{hostname} x", "helm template --set hosts={web} x",
            "curl -d '{\"a\": 1}' http://localhost", "echo '{name}'", "cat <<EOF\n{name} [POD] __POD__\nEOF",
            "ls [abc]", "tr [a-z] [A-Z]", "tr -d [name]", "grep [ERROR] x", "[ POD ] && ls",
            "ps | grep [n]ginx",
            "case $x in [yY]) ls;; esac", "pip install x[name]", "az vm list --query [name]", "a=([name]=1)",
            "echo __init__", "sed s/__POD__/x/ f", "sed \"s/x/__POD__/\" f", "grep -E \\<word\\> f",
            "sed \"s|<host>|$H|\" f", "sed -i 's/<host>/web1/g' f",
            "date +%F%T%",
            "echo 4.x.x 1.2.x", "npm install a@1.x", "curl 'http://x/?a=1&lt=3'", "echo \"a &lt;b&gt; c\"",
            "sort <in;", "cmd <$FILE >out", "cmd <$FILE> out", "cmd <\"a b\" >out", "wc <a;ls >x",
            "cmd <a \"b\">c",
            "for ((i=0;i<n;i++)); do echo $i >x; done", "tar -pxxx f", "grep '<h[1-6]>' f", "echo yours",
        ]
    )
    func marksItself(_ code: String) throws { #expect(try handling(code, "bash") == "runs") }

    @Test("a comment at the end of a line may say to change it")
    func comment() throws {
        #expect(
            try handling("export D=a.org # Replace this with your own", "bash")
                == "a comment says to change it: `# Replace this with your own`"
        )
        #expect(try handling("x = 1  # change me", "python") == "a comment says to change it: `# change me`")
        #expect(try handling("ls a # you can call this anything", "bash") == "runs")
        #expect(try handling("# replace this with your own\nls", "bash") == "runs")
    }
}
