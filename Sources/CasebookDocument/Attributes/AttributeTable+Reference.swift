extension AttributeTable {
    /// The page `docs/reference/attributes.md`, rendered from the table.
    package static var referencePage: String {
        """
        # Attributes

        Attributes follow the language of a fence, between braces: `{#backup timeout=10m}`. Casebook reads Pandoc's
        notation (`#name .class key=value key="quoted value"`) and both of runme's (`{"name":"backup"}` and
        `{ name=backup }`). A flag such as `confirm` stands alone or takes `yes` or `no`. An unknown attribute is a
        warning; a known one with a wrong value is an error.

        This page is made from the table in the code. *Not yet* means that this version does not act on the
        attribute; a document that uses one of those marked *refused* is not run, because leaving it out would run
        something else than was meant.


        """
            + AttributeRule.Place.allCases.map(section).joined(separator: "\n")
    }

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
