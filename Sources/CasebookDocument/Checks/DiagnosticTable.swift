/// What one code means: a row of ``DiagnosticTable``.
package struct DiagnosticRule: Sendable {
    package let code: DiagnosticCode
    /// The severities it comes with, the usual one first.
    package let severities: [Diagnostic.Severity]
    /// What is wrong, as a sentence.
    package let meaning: String
    /// What to do about it.
    package let remedy: String
    /// What `--fix` does, and when; nil when it does nothing.
    package let fix: String?

    init(
        _ code: DiagnosticCode,
        _ severities: [Diagnostic.Severity],
        _ meaning: String,
        remedy: String,
        fix: String? = nil
    ) {
        self.code = code
        self.severities = severities
        self.meaning = meaning
        self.remedy = remedy
        self.fix = fix
    }
}

/// Every diagnostic, once: the reference page is made from it, and no code comes with another severity.
package enum DiagnosticTable {
    package static let rules: [DiagnosticRule] = fences + code + attributes + metadata + product

    private static let fences: [DiagnosticRule] = [
        .init(
            .fenceUnclosed,
            [.warning, .error],
            "A fence is never closed, so it reaches to the end of the document. It is shown, and nothing is run from "
                + "it. An error when Casebook wrote the block.",
            remedy: "Close it with the same marks on a line of its own."
        ),
        .init(
            .fenceCut,
            [.warning, .error],
            "The list item or the quote that holds a fence ends before a closing fence was found, mostly because a "
                + "line of the code is indented too little. It is shown, and nothing is run from it.",
            remedy: "Indent every line of the code, and the closing fence, like the opening."
        ),
        .init(
            .fenceMisclosed,
            [.warning, .error],
            "A line looks like the closing fence and is none: it has fewer marks than the opening, marks of the "
                + "other kind, or four columns of indentation. An error when the cell would run what it swallowed.",
            remedy: "Close the fence with the marks that open it.",
            fix: "Writes the opening marks where a line of fewer marks is the only such line in the fence."
        ),
        .init(
            .fenceSwallows,
            [.warning, .error],
            "A fence holds a line that opens another, so its own closing line is probably lost, and the text and the "
                + "fence after it belong to the code. An error when a cell would run them.",
            remedy:
                "Close the first fence; or, when a fence is meant as text, open the outer one with more marks."
        ),
        .init(
            .fenceDead,
            [.warning, .advice],
            "A fence is indented by four columns or more outside a list, so Markdown reads its backticks as text and "
                + "it never runs. Advice in the body of a MkDocs block (`!!!`, `???`, `===`), where MkDocs alone sees it.",
            remedy: "Indent it by at most three columns, or like the text of the list item it belongs to."
        ),
        .init(
            .codeSite,
            [.warning],
            "Code stands between the marks of a site generator, such as `{{< highlight bash >}}` or `{% highlight bash %}`. "
                + "To Markdown it is text, so it never runs.",
            remedy: "Write a fence in its place."
        ),
        .init(
            .rangeDisagrees,
            [.warning],
            "The place that the Markdown parser gives for a fence is not where its bytes stand.",
            remedy: "Put the fence on lines of its own."
        ),
        .init(
            .outputNotOwned,
            [.warning],
            "A block is marked as Casebook's and stands where Casebook writes none.",
            remedy: "Remove it, or the word `casebook` from its info string."
        ),
    ]

    private static let code: [DiagnosticRule] = [
        .init(
            .blank,
            [.warning],
            "A cell holds something that somebody has to fill, such as `<pod>` or `CHANGEME`; it is done by hand.",
            remedy: "Write a variable in its place, or `blanks=no` when it is meant as it stands."
        ),
        .init(
            .continuationBroken,
            [.warning],
            "A backslash is followed by a space at the end of a line, so the line does not go on: what stands on the "
                + "next line runs as a command of its own.",
            remedy: "Remove the white space after the backslash.",
            fix: "Removes it, where white space stands before the backslash too and another line follows."
        ),
        .init(
            .exitEarly,
            [.warning],
            "An `exit` of its own stands in the middle of a cell, under no condition. It ends the cell, so the commands "
                + "after it never run.",
            remedy: "Put them into a cell of their own, or the `exit` under a condition."
        ),
        .init(
            .sessionShared,
            [.error],
            "Cells of two languages name one session, and a session is one interpreter.",
            remedy: "Give each language a session of its own."
        ),
        .init(
            .sessionSplit,
            [.warning],
            "A cell reads a variable that only a cell of another shell sets before it: `sh` and `bash` cells run in "
                + "two sessions.",
            remedy: "Use one language for both cells, or make the variable a parameter."
        ),
        .init(
            .shellForeign,
            [.warning],
            "A cell of `sh` holds what only bash knows: `source`, `[[`, `<(…)`, `{a,b}`, an array. Where `sh` is another "
                + "shell, it fails or does something else.",
            remedy: "Call the language `bash`, or write what every shell knows."
        ),
        .init(
            .quoteCurly,
            [.warning],
            "A curly quote stands in code where a straight one is meant; to a program it is a letter.",
            remedy: "Write straight quotes."
        ),
        .init(
            .spaceNoBreak,
            [.warning],
            "A no-break space, or another space that only looks like one, stands in code; it separates nothing.",
            remedy: "Write an ordinary space.",
            fix: "Writes one, outside quotes and here-documents."
        ),
        .init(
            .secretLiteral,
            [.warning],
            "Something looks like a password, a token or a key. Placeholders, variables and well-known examples are "
                + "passed over. It is never printed.",
            remedy:
                "Take it from a parameter of `type: secret`, and change it: whoever read the document knows it."
        ),
        .init(
            .notUTF8,
            [.warning],
            "The document is not all UTF-8; the bytes that are not are kept.",
            remedy: "Save it as UTF-8."
        ),
    ]

    private static let attributes: [DiagnosticRule] = [
        .init(
            .attributeUnknown,
            [.warning],
            "An attribute is unknown, or means nothing where it stands; it is ignored.",
            remedy: "Correct its name, or remove it.",
            fix: "Renames it when one letter is wrong, one name alone is that close, and its value fits."
        ),
        .init(
            .attributeInvalid,
            [.error],
            "The attributes cannot be read, one is given twice, or a value is not what the attribute takes.",
            remedy: "Correct the value; the message says what is taken."
        ),
        .init(
            .attributeUnsupported,
            [.error, .warning],
            "This version does not act on an attribute or a key. An error where something else would run than was meant.",
            remedy: "Remove it, or keep the cell out of the run with `run=no`."
        ),
        .init(
            .duplicateName,
            [.error, .warning],
            "Two blocks have one name. A warning where nothing refers to it: the first block keeps it.",
            remedy: "Give each its own."
        ),
        .init(
            .nameInvalid,
            [.error],
            "`undoes` or `check` names a cell that is not there.",
            remedy: "Name a cell of this document; `casebook outline` prints the names."
        ),
    ]

    private static let metadata: [DiagnosticRule] = [
        .init(
            .frontMatterInvalid,
            [.error, .warning],
            "The front matter is not YAML, or a value in it is not what its key takes.",
            remedy: "Make it YAML between two lines `---`."
        ),
        .init(
            .frontMatterUnclosed,
            [.warning],
            "The front matter is never closed, so it is read as Markdown.",
            remedy: "Close it with `---` on a line of its own."
        ),
        .init(
            .keyUnknown,
            [.warning, .error],
            "A key is unknown and close to one of Casebook's. An error below `casebook:`.",
            remedy: "Correct it, or remove it."
        ),
        .init(
            .parameterInvalid,
            [.error],
            "A parameter cannot be declared like this.",
            remedy: "Correct its name or its rules."
        ),
        .init(
            .environmentInvalid,
            [.error],
            "An environment cannot be declared like this.",
            remedy: "Correct its name or its values."
        ),
        .init(
            .statusInactive,
            [.warning],
            "The runbook is a draft, deprecated or archived; an unattended run refuses it.",
            remedy: "Set `status: active` once it may be used."
        ),
        .init(
            .tooLarge,
            [.error],
            "The document is larger, or nested more deeply, than the Markdown library can read in bounded time. Nothing of "
                + "it is run, and no byte of it changes.",
            remedy: "Divide it into several runbooks, or nest less."
        ),
    ]

    private static let product: [DiagnosticRule] = [
        .init(
            .destructiveUnguarded,
            [.advice],
            "A cell deletes, overwrites or stops something. No checkpoint stands before it, no cell undoes it, and it "
                + "does not say `confirm`.",
            remedy: "Put a checkpoint before it, write its undo (`undoes=`), or say `confirm` on it."
        ),
        .init(
            .timeoutMissing,
            [.advice],
            "The runbook is meant to run unattended (`unattended: true` in the front matter), and a cell that runs has "
                + "no `timeout` while `defaults` names none.",
            remedy: "Say how long it may take: `timeout=10m` on the cell, or `timeout` under `defaults`."
        ),
        .init(
            .ownerMissing,
            [.advice],
            "A runbook with steps names no owner and no author: not in the front matter, not in its info table, not on "
                + "a line such as `Owner: payments team`.",
            remedy: "Add `owner:` to the front matter."
        ),
        .init(
            .escalationMissing,
            [.advice],
            "A runbook with steps says nowhere whom to call when it fails: no `escalation`, and no heading or line "
                + "about escalation, contacts or who is on call.",
            remedy: "Add `escalation:` to the front matter; every failure message then names it."
        ),
        .init(
            .reviewOverdue,
            [.advice],
            "The last review (`last_reviewed_on`, else `last-updated`) is longer ago than `review_in` says, such as "
                + "`6 months`; without that key, longer than a year.",
            remedy: "Read it against the system as it is now, and set the date."
        ),
    ]

    package static func rule(for code: DiagnosticCode) -> DiagnosticRule? { rules.first { $0.code == code } }
}
