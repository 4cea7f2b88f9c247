import Testing

@testable import CasebookDocument

@Suite struct TabTests {
    private static let a = "\n\n```bash\na\n```\n\n"
    private static let b = "\n\n```bash\nb\n```\n\n"
    private static let both = """
        choice: One of these ways: linux, mac.
        automatic: a [linux]
        automatic: b [mac]
        automatic: a
        """

    private static let rows: [StepTests.Row] = [
        .init(
            "Hugo",
            "{{< tabs >}}\n{{< tab \"Linux\" >}}\(a){{< /tab >}}\n{{< tab \"Mac\" >}}\(b){{< /tab >}}\n{{< /tabs >}}\(a)",
            both
        ),
        .init(
            "Hugo with names, one mark a block",
            "{{% tabs name=\"x\" %}}\n\n{{% tab name=\"Linux\" %}}\(a){{% /tab %}}\n\n{{% tab name=\"Mac\" %}}\(b){{% /tab %}}\n\n{{% /tabs %}}\(a)",
            both
        ),
        .init(
            "Docusaurus",
            "<Tabs groupId=\"os\">\n<TabItem value=\"l\" label=\"Linux\">\(a)</TabItem>\n<TabItem value=\"m\" label=\"Mac\">\(b)</TabItem>\n</Tabs>\(a)",
            both
        ),
        .init(
            "a tag over several lines",
            "<Tabs>\n<TabItem\n  value=\"linux\"\n  default>\(a)</TabItem>\n<TabItem\n  value=\"mac\">\(b)</TabItem>\n</Tabs>\(a)",
            both
        ),
        .init(
            "MyST",
            "::::{tab-set}\n\n:::{tab-item} Linux\(a):::\n\n:::{tab-item} Mac\n:::{tip}\nx\n:::\(b):::\n\n::::\(a)",
            both
        ),
        .init(
            "sections that buttons show",
            "<section class=\"x\" data-scope=\"linux\">\(a)</section>\n\n<section class=\"x\" data-scope=\"mac\">\(b)</section>\n\nText.\(a)",
            both
        ),
        .init(
            "GitBook",
            "{% tabs %}\n{% tab title=\"Linux\" %}\(a){% endtab %}\n\n{% tab title=\"Mac\" %}\(b){% endtab %}\n{% endtabs %}\(a)",
            both
        ),
        .init("GitLab", "::Tabs\n\n:::TabTitle Linux\(a):::TabTitle Mac\(b)::EndTabs\(a)", both),
        .init("PyMdown", "/// tab | Linux\(a)///\n\n/// tab | Mac\(b)///\(a)", both),
        .init(
            "tabs without a set end where other text begins",
            "/// tab | Linux\(a)///\n\nText.\n\n/// tab | Mac\(b)///\(a)",
            "automatic: a\nautomatic: b\nautomatic: a"
        ),
        .init(
            "sets that share a name are one choice",
            "<Tabs>\n<TabItem label=\"Linux\">\(a)</TabItem>\n<TabItem label=\"Mac\">\(b)</TabItem>\n</Tabs>\n\n"
                + "<Tabs>\n<TabItem label=\"Mac\">\(a)</TabItem>\n<TabItem label=\"Other\">\(b)</TabItem>\n</Tabs>",
            """
            choice: One of these ways: linux, mac, other.
            automatic: a [linux]
            automatic: b [mac]
            automatic: a [mac]
            automatic: b [other]
            """
        ),
        .init(
            "in a list item",
            "1. Do:\n\n   {{< tabs >}}\n   {{< tab \"Linux\" >}}\n\n   ```bash\n   a\n   ```\n\n   {{< /tab >}}\n   {{< tab \"Mac\" >}}\n\n"
                + "   ```bash\n   b\n   ```\n\n   {{< /tab >}}\n   {{< /tabs >}}\n",
            "choice: One of these ways: linux, mac.\nautomatic: a [linux]\nautomatic: b [mac]"
        ),
        .init(
            "a tab alone is no choice",
            "<Tabs>\n<TabItem label=\"Linux\">\(a)</TabItem>\n</Tabs>",
            "automatic: a"
        ),
        .init(
            "a tab that nothing closes ends with its section",
            "## A\n\n<Tabs>\n<TabItem label=\"Linux\">\(a)</TabItem>\n<TabItem label=\"Mac\">\(b)## B\(a)",
            both
        ),
        .init(
            "commands before a tab whose first sister has lost its label",
            "# T\n# [CLI](#tab/cli)\(a)# [Portal](#tab/portal)\n\nx\n\n---\n\n## Make it\(b)# [Portal](#tab/portal)\n\n1. Sign in.\n\n---\n\n## Look\(a)",
            "choice: One of these ways: cli, portal.\nautomatic: a [cli]\nautomatic: b [cli]\nby hand: Sign in. [portal]\nautomatic: a"
        ),
        .init(
            "and before tabs that all have theirs",
            "# T\n# [CLI](#tab/cli)\(a)# [Portal](#tab/portal)\n\nx\n\n---\n\n## Make it\(b)# [CLI](#tab/cli)\(a)# [Portal](#tab/portal)\n\n1. Sign in.\n",
            "choice: One of these ways: cli, portal.\nautomatic: a [cli]\nautomatic: b\nautomatic: a [cli]\nby hand: Sign in. [portal]"
        ),
        .init("colons around something else", ":::note\n\nx\n\n:::\(a):::\(b)", "automatic: a\nautomatic: b"),
    ]

    @Test(arguments: rows) func `tabs are one choice`(_ row: StepTests.Row) {
        #expect(WayTests.outline(row.text) == row.outline)
    }
}
