/// The text of a driver, with marks such as `@CONTROL@` where its constants go.
struct DriverScript: Sendable {
    /// What the interpreter is given before the driver's name.
    let arguments: [String]
    /// Writes a text as a literal of the language.
    let quoted: @Sendable (String) -> String
    let text: String
    /// True when it leaves the pictures that a cell draws.
    var leavesPictures = false

    /// A literal in single quotes, as Ruby, Perl and fish have them.
    @Sendable static func singleQuoted(_ text: String) -> String {
        String(decoding: singleQuoted(Array(text.utf8)), as: UTF8.self)
    }

    static func singleQuoted(_ bytes: [UInt8]) -> [UInt8] {
        var quoted = [UInt8(ascii: "'")]
        for byte in bytes {
            if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\\") { quoted.append(UInt8(ascii: "\\")) }
            quoted.append(byte)
        }
        return quoted + [UInt8(ascii: "'")]
    }

    func filled(_ context: DriverContext) -> String {
        let constants = [
            "CONTROL": context.directory.control, "EVENT": context.directory.event,
            "OUTPUT": context.directory.output,
            "MESSAGE": context.directory.message, "STATE": context.directory.state,
            "PICTURES": context.directory.pictures,
            "NAME": context.driverName,
            "START": context.workingDirectory, "PROGRAM": context.program,
            "START_DIRECTORY": context.startDirectory,
        ]
        return constants.reduce(text) { $0.replacing("@\($1.key)@", with: quoted($1.value)) }
    }
}
