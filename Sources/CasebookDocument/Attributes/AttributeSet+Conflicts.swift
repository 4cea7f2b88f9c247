extension AttributeSet {
    /// What the attributes of one cell do not allow each other, or its interpreter does not allow them.
    func conflicts(in interpreter: Interpreter?, code: [UInt8]) -> [Diagnostic] {
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
        if let background = self["background"], ValueFile.isNamed(in: code) {
            found.append(
                Diagnostic(
                    .error,
                    .attributeInvalid,
                    at: background.nameRange,
                    "a cell in the background gives no values: `$CASEBOOK_OUTPUT` is read when a cell has ended",
                    advice: "give them in a cell of their own"
                )
            )
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
    private static let needingAnEnd = ["tty", "capture", "expect", "artifacts", "undoes"]
}
