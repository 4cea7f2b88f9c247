/// One piece of shell code, within one line; the tokens of a text lie side by side and leave no byte out.
struct ShellToken: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        /// Spaces and tabs between words.
        case blank
        case lineEnd
        /// A backslash and the line end that it joins.
        case continuation
        case comment

        // Pieces of a word.
        case text
        /// A backslash and what it escapes: outside quotes, in `"…"`, in `$'…'`.
        case escape
        case quotedEscape
        case codedEscape
        /// What stands in quotes.
        case quoted
        /// `$NAME`, `$1`, `$?`.
        case variable
        /// The name in `${NAME…}`, with `!` or `#` before it.
        case parameter
        /// The rest of what stands in `${…}`.
        case braced
        /// What stands in arithmetic.
        case formula

        // Between commands.
        /// `;`
        case separator
        /// `;;`, `;&`, `;;&`
        case caseEnd
        /// `&`
        case background
        /// `&&`, `||`
        case condition
        /// `|`, `|&`
        case pipe
        /// `(`, `|` and `)` around the patterns of `case`.
        case patternSign
        /// A `)` that nothing opened.
        case stray

        // Redirections.
        /// `<`, `<&`, `<>`
        case input
        /// `>`, `>>`, `>|`, `>&`, `&>`
        case output
        /// `<<<`
        case hereString
        /// `<<`, `<<-`
        case document
        case documentWord
        case documentText
        /// The same where nothing means anything: its word was quoted.
        case literalText

        case open(ShellNesting)
        case close(ShellNesting)

        /// True for the start of commands of their own.
        var opensSubstitution: Bool {
            switch self {
            case .open(.substitution), .open(.backticks), .open(.process): true
            default: false
            }
        }
    }

    let kind: Kind
    private let start: UInt32
    private let end: UInt32
    /// The index of the token that ends what this one opens or, for `<<`, its document; where the text ends when none does.
    ///
    /// For what something around it cut short, the index of the token that did; zero for `<<` without an end.
    var partner: Int {
        get { Int(storedPartner) }
        set { storedPartner = UInt32(newValue) }
    }
    private var storedPartner: UInt32 = 0

    init(_ kind: Kind, _ start: Int, _ end: Int) {
        self.kind = kind
        self.start = UInt32(start)
        self.end = UInt32(end)
    }

    /// The offsets within the text.
    var range: ByteRange { Int(start)..<Int(end) }
}

/// What shell code stands in.
enum ShellNesting: Hashable, Sendable {
    /// The text itself.
    case text
    /// `'…'`
    case singleQuotes
    /// `$'…'`
    case codedQuotes
    /// `"…"`, `$"…"`
    case doubleQuotes
    /// `${…}`
    case braces
    /// `((…))`, `$((…))`, `$[…]`
    case arithmetic
    /// `$(…)`
    case substitution
    /// `` `…` ``
    case backticks
    /// `<(…)`, `>(…)`
    case process
    /// `(…)`
    case group
    /// The parentheses of `a=(…)` and of `@(…)`.
    case list
    /// From `case` to `esac`; it has no tokens of its own.
    case patterns
    /// The text of a here-document, from the line end before it to the word that ends it.
    case document

    /// True where commands stand.
    var holdsCode: Bool {
        switch self {
        case .text, .substitution, .backticks, .process, .group, .list, .patterns: true
        case .singleQuotes, .codedQuotes, .doubleQuotes, .braces, .arithmetic, .document: false
        }
    }

    /// True for what hides commands when it has no end.
    var hides: Bool {
        switch self {
        case .text, .group, .list, .patterns: false
        case .singleQuotes, .codedQuotes, .doubleQuotes, .braces, .arithmetic, .substitution, .backticks,
            .process, .document:
            true
        }
    }

    /// What plain bytes in it are.
    var textKind: ShellToken.Kind {
        switch self {
        case .singleQuotes, .codedQuotes, .doubleQuotes: .quoted
        case .braces: .braced
        case .arithmetic: .formula
        case .document: .documentText
        case .text, .substitution, .backticks, .process, .group, .list, .patterns: .text
        }
    }
}
