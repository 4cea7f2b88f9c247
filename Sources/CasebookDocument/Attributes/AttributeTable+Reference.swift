extension AttributeTable {
    /// The page `docs/reference/attributes.md`, rendered from the table.
    package static var referencePage: String {
        """
        # Attributes

        Attributes follow the language of a fence, between braces: `{#backup timeout=10m}`. Casebook reads Pandoc's
        notation (`#name .class key=value key="quoted value"`) and both of runme's (`{"name":"backup"}` and
        `{ name=backup }`). A flag such as `confirm` stands alone or takes `yes` or `no`. An unknown attribute is a
        warning; a known one with a wrong value is an error. What goes before them all is in the
        [front matter](front-matter.md).

        This page is made from the table in the code. *Not yet* means that this version does not act on the
        attribute; a document that uses one of those marked *refused* is not run, because leaving it out would run
        something else than was meant.


        """
            + AttributeRule.Place.allCases.map(section).joined(separator: "\n") + runme
    }

    private static let runme = """

        ## From runme

        A document made for runme works as it is, with these differences.

        | in runme | in Casebook |
        | --- | --- |
        | `cwd` | `dir`; it does not add to one of the document |
        | `interpreter` | a program that Casebook runs (`bash`, `sh`, `python3`) is used; with any other the cell is done by hand |
        | `excludeFromRunAll`, `ignore` | the cell is shown and never runs, as with `run=no` |
        | `background` | the same as Casebook's own |
        | `interactive`, `promptEnv`, `skipPrompts` | nothing: what a cell needs is found in it |
        | every `$` at the start of a line is taken away | only a prompt is, a `$` with a blank after it; `$HOME/bin/x` stays |
        | a line that starts with `###` is taken away | every line stays |
        | `cwd` and `shell` of the front matter | not read: a session starts in the document's folder, and the fence names the language |
        | attributes end with the first `}` | a `}` in quotes belongs to its value |

        """

    private static func section(for place: AttributeRule.Place) -> String {
        let rows = rules.filter { $0.places.contains(place) }.map { rule in
            "| `\(rule.name)` | \(escaped(rule.kind.expectation)) | \(rule.normally) | "
                + "\(escaped(rule.help))\(note(rule.support(on: place))) |\n"
        }
        return """
            ## On a \(place.rawValue)

            | attribute | value | without it | meaning |
            | --- | --- | --- | --- |
            \(rows.joined())
            """
    }

    private static func note(_ support: AttributeRule.Support) -> String {
        switch support {
        case .full: ""
        case .noted(let effect): " *Not yet: \(effect).*"
        case .refused, .refusedFor: " *Not yet: refused.*"
        }
    }

    /// A pipe would end the cell of the table.
    private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
