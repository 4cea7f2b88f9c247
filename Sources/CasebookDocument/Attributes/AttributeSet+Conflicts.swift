extension AttributeSet {
    /// What the attributes of one cell do not allow each other, or its interpreter does not allow them.
    func conflicts(in interpreter: Interpreter?) -> [Diagnostic] {
        var found: [Diagnostic] = []
        if let terminal = self["tty"], flag("tty") == true, let interpreter, !interpreter.takesTerminal {
            found.append(
                Diagnostic(
                    .error,
                    .attributeUnsupported,
                    at: terminal.nameRange,
                    "a cell of \(interpreter.name) takes no terminal",
                    advice: "write the cell in `bash`"
                )
            )
        }
        guard flag("background") == true else {
            if let ready = self["ready"] {
                found.append(
                    Diagnostic(
                        .error,
                        .attributeInvalid,
                        at: ready.nameRange,
                        "`ready` means nothing without `background`",
                        advice: "write `background` beside it"
                    )
                )
            }
            return found
        }
        for name in Self.needingAnEnd {
            guard let attribute = self[name], flag(name) != false else { continue }
            found.append(
                Diagnostic(
                    .error,
                    .attributeInvalid,
                    at: attribute.nameRange,
                    "`\(name)` and `background` do not go together: the run does not wait for the cell's end",
                    advice:
                        "remove one of the two; what a background cell prints when it is ready is `ready=`"
                )
            )
        }
        return found
    }

    /// What is only known of a cell that has ended, or needs a person beside it.
    private static let needingAnEnd = ["tty", "capture", "expect", "artifacts"]
}
