import CasebookDocument
import CasebookLibrary
import Testing

/// What is taken for a secret, and what is not.
@Suite struct SecretTests {
    /// Put together here, so that no search of this repository takes them for real ones.
    static let known: [(text: String, name: String)] = [
        ("AK" + "IA2E0A8F3B244C9986", "an AWS access key"),
        ("gh" + "p_9aZbYcXdWeVfUgThSiRjQkPlOmNnMoLp1234", "a GitHub token"),
        ("gl" + "pat-9aZbYcXdWeVfUgThSiRj", "a GitLab token"),
        ("Authorization: bear" + "er 9aZbYcXdWeVfUgThSiRj", "a bearer token"),
        (
            "-----BEGIN RSA PRI"
                + "VATE KEY-----\n    MIIEpAIBAAKCAQEA7bq3vK9dZ2fX8sT1yUo5Wc6Rj0LhPnGm4QaEiVtB\n",
            "a private key"
        ),
    ]

    @Test("a secret that its form gives away is found anywhere in a document", arguments: known)
    func found(secret: (text: String, name: String)) {
        #expect(Self.found(in: "Text: \(secret.text)\n") == ["\(secret.name) seems to stand here as it is"])
    }

    @Test(
        "an example of a maker, and the marks of a key without one, are passed over",
        arguments: [
            "AK" + "IAIOSFODNN7EXAMPLE", "AK" + "IAXXXXXXXXXXXXXXXX",
            "gh" + "p_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "Bearer $TOKEN", "Bearer <token>", "Bearer YOUR_ACCESS_TOKEN_1234567890",
            "bearer of bad tidings about it",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
        ]
    )
    func sample(text: String) {
        #expect(Self.found(in: "\(text)\n").isEmpty)
    }

    @Test(
        "a value that was made up is found behind the name of a secret",
        arguments: [
            "export DB_PASSWORD=hT7fq2Lw9z", "export DB_PASSWORD='hT7fq2Lw9z'",
            "mysql --password=hT7fq2Lw9z shop",
            "login --token hT7fq2Lw9z", #"curl -d '{"password": "hT7fq2Lw9z"}'"#,
            #"curl -d "{\"api_key\":\"hT7fq2Lw9z\"}""#,
            "kubectl create secret generic a --from-literal=password=hT7fq2Lw9z",
            "psql postgres://app:hT7fq2Lw9z@db/a",
            "client_secret: hT7fq2Lw9z", "AWS_SECRET_ACCESS_KEY=9f8e7d6c5b4a39281706",
            "mysql -u root -phT7fq2Lw9z shop", "mysqldump -p'hT7fq2Lw9z' shop",
            "curl -u admin:hT7fq2Lw9z https://a/b",
            "curl --user=admin:hT7fq2Lw9z https://a/b", "sshpass -p hT7fq2Lw9z ssh web1",
        ]
    )
    func assigned(code: String) {
        #expect(Self.found(in: "```bash\n\(code)\n```\n").count == 1)
    }

    @Test(
        "a variable, a placeholder, a name and a file are none",
        arguments: [
            "PASSWORD=$DB_PASSWORD", "PASSWORD=\"${DB_PASSWORD}\"", "PASSWORD=$(openssl rand -hex 32)",
            "PASSWORD=<password>",
            "PASSWORD=YOUR_PASSWORD1", "PASSWORD=CHANGEME123", "PASSWORD=password",
            "PASSWORD=mysecretpassword", "TOKEN=my-etcd-token-1",
            "--token-file /run/secrets/Token1", "password_file=/run/Secrets/db1",
            "--from-literal=password=postgres",
            "kubectl get secret web-tls-2", "vault read secret/data/app1", "secret: Web-Tls-2048-test",
            "tokens=12000000",
            "if [ \"$token\" = \"\" ]; then", "--admin-password $AZURE_PASSWORD", "PASSWORD={{ password1A }}",
            "git clone https://github.com/a/B1.git", "ssh://git@Host1:2222/a", "password=Prompt",
            "privateKey: tls1.Key.pem",
            "mysql -p shop1Two3", "mysql -P 3306", "ssh -phT7fq2Lw9z", "curl -u admin https://a/hT7fq2Lw9z",
            "curl -u \"$USER:$PASSWORD\" x", "sshpass -p \"$P\" ssh web1", "tar -u a:hT7fq2Lw9z",
        ]
    )
    func harmless(code: String) {
        #expect(Self.found(in: "```bash\n\(code)\n```\n").isEmpty)
    }

    @Test(
        "a word without quotes is a name in every language but shell",
        arguments: [
            ("python", "connect(password=hT7fq2Lw9z, token=self.authV2Client)", 0),
            ("python", "connect(password='hT7fq2Lw9z')", 1),
            ("sql", "CREATE USER a WITH PASSWORD 'hT7fq2Lw9z';", 1),
            ("sql", "ALTER USER a PASSWORD hT7fq2Lw9z;", 0), ("bash", "login --token api.V2.internal", 0),
        ]
    )
    func language(tag: String, code: String, count: Int) {
        #expect(Self.found(in: "```\(tag)\n\(code)\n```\n").count == count)
    }

    private static func found(in text: String) -> [String] {
        Fixture.diagnostics(of: SourceText(name: "a.md", bytes: Array(text.utf8)))
            .filter { $0.code == .secretLiteral }.map(\.message)
    }
}
