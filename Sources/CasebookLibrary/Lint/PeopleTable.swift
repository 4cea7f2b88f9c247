import CasebookDocument

/// The words by which a document names people outside its front matter.
enum PeopleTable {
    enum Subject {
        case owner
        case escalation
    }

    /// True when a heading or the label of a line is about the subject.
    static func names(_ subject: Subject, in prose: DocumentProse) -> Bool {
        let (labels, headings) =
            switch subject {
            case .owner: (ownerLabels, ownerHeadings)
            case .escalation: (escalationLabels, escalationHeadings)
            }
        if !prose.labels.isDisjoint(with: labels) { return true }
        return prose.headings.contains { heading in
            let words = heading.lowercased().split { !$0.isLetter }.joined(separator: " ")
            return headings.contains { " \(words) ".contains(" \($0) ") }
        }
    }

    private static let ownerLabels: Set<String> = [
        "owner", "owners", "runbook owner", "service owner", "service owners", "document owner", "owned by",
        "owning team", "owner team", "team", "responsible team", "responsible", "maintainer", "maintainers",
        "maintained by", "author", "authors", "runbook author", "written by", "owner s",
    ]

    private static let ownerHeadings = ["owner", "owners", "ownership", "maintainers", "service owner"]

    private static let escalationLabels: Set<String> = [
        "escalation", "escalations", "escalation poc", "escalation path", "escalation contact",
        "escalation point of contact", "escalate to", "escalate", "on call", "oncall", "pager", "pagerduty",
        "contact", "contacts", "emergency contact", "emergency contacts",
    ]

    private static let escalationHeadings = [
        "escalation", "escalations", "escalate", "escalating", "on call", "oncall", "contact", "contacts",
        "who to contact", "getting help",
    ]
}
