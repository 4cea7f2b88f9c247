package import CasebookDocument

/// The output of an attempt was held against what is expected of it.
package struct OutputChecked: RunFact {
    package static let kind = "output-checked"
    package var item: ItemID
    package var attempt: Int
    /// What is not as expected, a phrase each; empty when all is.
    package var problems: [String]
    /// The lines that differ, `-` expected and `+` found; nil when there is nothing to show.
    package var difference: String?

    package init(item: ItemID, attempt: Int, problems: [String], difference: String?) {
        self.item = item
        self.attempt = attempt
        self.problems = problems
        self.difference = difference
    }
}

/// A cell that failed is tried again by itself.
package struct RetryPlanned: RunFact {
    package static let kind = "retry-planned"
    package var item: ItemID
    /// The attempt to come, counted from 1.
    package var attempt: Int
    package var delayMilliseconds: Int

    package init(item: ItemID, attempt: Int, delayMilliseconds: Int) {
        self.item = item
        self.attempt = attempt
        self.delayMilliseconds = delayMilliseconds
    }
}

/// An item was not reached because its condition did not hold.
package struct PassedOver: RunFact {
    package static let kind = "passed-over"
    package var item: ItemID
    /// The condition as its author wrote it.
    package var condition: String

    package init(item: ItemID, condition: String) {
        self.item = item
        self.condition = condition
    }
}

/// A cell gave a value to later cells.
package struct ValueGiven: RunFact {
    package static let kind = "value-given"
    package var item: ItemID
    package var attempt: Int
    package var name: String
    /// Nil for a secret: its value is never stored.
    package var value: String?
    /// True for a variable that the cell exported, which only sessions without a name of their own are given.
    package var isExported: Bool?

    package init(item: ItemID, attempt: Int, name: String, value: String?, isExported: Bool? = nil) {
        self.isExported = isExported
        self.item = item
        self.attempt = attempt
        self.name = name
        self.value = value
    }
}

/// The value of a secret that a cell gave has gone with the process that knew it.
package struct ValueLost: RunFact {
    package static let kind = "value-lost"
    package var name: String

    package init(name: String) { self.name = name }
}
