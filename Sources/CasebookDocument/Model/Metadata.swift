/// What the front matter and the Runbook Info table say about a runbook.
package struct Metadata: Hashable, Sendable {
    package var title: String?
    package var id: String?
    package var description: String?
    package var owner: String?
    package var author: String?
    /// Whom to call when something goes wrong; named by every failure message.
    package var escalation: String?
    package var tools: [String] = []
    package var permissions: String?
    package var type: String?
    package var status: RunbookStatus?
    package var version: String?
    package var tags: [String] = []
    package var lastUpdated: String?
    /// When somebody last read it against the system as it is, as written.
    package var lastReviewed: String?
    /// How long a review holds, as written: `6 months`.
    package var reviewIn: String?
    /// True when it is meant to run without a person; it still runs so only when somebody says so.
    package var isUnattended = false
    /// Where the value of each key of the front matter stands.
    package var ranges: [String: ByteRange] = [:]
    package var parameters: [Parameter] = []
    package var environments: [Environment] = []
    /// Languages of this runbook's own, in small letters, and the command line that runs each.
    package var interpreters: [String: String] = [:]
    /// The time limit of a cell that names none; nil means Casebook's own.
    package var defaultTimeout: Duration?
    /// The time limit of a whole unattended run; nil means Casebook's own.
    package var runTimeout: Duration?
    package var onFailure = FailurePlan.wait
    /// What a person has to say yes to before step 1.
    package var prerequisites: [Prerequisite] = []
    package var write: WriteTarget?

    package init() {}
}

/// Where a runbook stands in its life; none given means active.
package enum RunbookStatus: String, Hashable, Sendable, CaseIterable {
    case draft
    case active
    case deprecated
    case archived
}

/// Where the outputs of a run go.
package enum WriteTarget: String, Hashable, Sendable, CaseIterable {
    case document
    case copy
    case record
}

/// A named set of values, such as staging or production.
package struct Environment: Hashable, Sendable {
    package let name: String
    /// Values of declared parameters and further variables, in the order written.
    package let values: [String: String]
    /// True when its name is typed to start a run in it.
    package let isProtected: Bool

    package init(name: String, values: [String: String], isProtected: Bool) {
        self.name = name
        self.values = values
        self.isProtected = isProtected
    }
}

/// A value that whoever starts the run gives; it reaches cells as an environment variable.
package struct Parameter: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case string
        case integer
        case number
        case boolean
        case choice
        case secret
        case file
    }

    /// The exact name of the variable.
    package let name: String
    package var kind = Kind.string
    package var isRequired = false
    package var defaultValue: String?
    package var allowed: [String] = []
    package var pattern: String?
    package var minimum: Double?
    package var maximum: Double?
    package var prompt: String?
    /// Where the value comes from when nobody gives it; nil when nothing says so.
    package var source: ParameterSource?
    /// Where it is declared, for messages.
    package var range: ByteRange?

    package init(name: String) { self.name = name }
}

/// What must hold before a runbook is begun.
package struct Prerequisite: Hashable, Sendable {
    package let text: String
    /// The cell that answers it when it succeeds, and where that is said; nil when a person answers.
    package var check: Check?
    /// Where it stands in the front matter.
    package let range: ByteRange

    package struct Check: Hashable, Sendable {
        package let cell: String
        package let range: ByteRange
    }
}

/// What an unattended run does after a cell failed.
package enum FailurePlan: String, Hashable, Sendable, CaseIterable {
    case wait
    case rollback
}
