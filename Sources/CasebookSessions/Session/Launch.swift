import CasebookDocument
import CasebookRun
import Glibc

/// How a session's interpreter is found and started.
struct Launch {
    private let specification: SessionSpecification
    /// The interpreter's absolute path.
    let program: String
    private let name: String
    private let driverName: DriverName

    init(_ specification: SessionSpecification) throws(SessionError) {
        self.specification = specification
        driverName = DriverName(specification.documentName)
        let interpreter = specification.interpreter.host
        name = interpreter.program
        program = try InterpreterLookup.find(interpreter, onPath: specification.environment["PATH"])
    }

    /// Writes the driver under the runbook's own name, below a directory from which that name is right.
    func writeDriver(_ dialect: inout any Dialect, _ directory: PrivateDirectory) throws(SessionError) {
        for path in driverName.directories(below: directory.driver) {
            guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
                throw .system(operation: "create \(path)", errno: errno)
            }
        }
        let context = DriverContext(
            program: program,
            driverName: driverName.path,
            startDirectory: driverName.start(below: directory.driver),
            directory: directory,
            codeLines: specification.codeLines,
            workingDirectory: specification.directory
        )
        for file in dialect.driver(context) { try writeFile(file.bytes, to: file.path) }
    }

    /// Asks the supervisor to start it, with standard input at end-of-file and its output to the host.
    func start(_ wire: Wire, runID: String) throws(SessionError) {
        var environment = specification.environment
        environment["CASEBOOK_RUN"] = runID
        environment["CASEBOOK_OUTPUT"] = wire.directory.values
        let input = try Descriptor(opening: "/dev/null", flags: O_RDONLY)
        let output = try Descriptor(opening: wire.directory.output, flags: O_WRONLY)
        try wire.supervisor.start(
            program: program,
            arguments: [name]
                + specification.interpreter.makeDialect().arguments(driverName: driverName.path),
            environment: environment.map { "\($0.key)=\($0.value)" },
            directory: driverName.start(below: wire.directory.driver),
            descriptors: [input.number, output.number, output.number]
        )
    }
}

/// The runbook's relative path as the name of a driver file.
struct DriverName {
    /// The name that messages show: relative, without empty and `.` components.
    let path: String
    /// How many directories up it starts.
    private let levelsUp: Int
    private let parts: [String]

    init(_ name: String) {
        let parts = name.split(separator: "/").filter { $0 != "." }.map(String.init)
        // `..` counts only at the start: a name such as `a/../../b` is not what a person would be shown.
        levelsUp = parts.prefix { $0 == ".." }.count
        let rest = parts.drop { $0 == ".." }.filter { $0 != ".." }
        self.parts = rest.isEmpty ? ["runbook.md"] : Array(rest)
        path = (Array(repeating: "..", count: levelsUp) + self.parts).joined(separator: "/")
    }

    func start(below base: String) -> String {
        base + String(repeating: "/d", count: levelsUp)
    }

    func directories(below base: String) -> [String] {
        var paths: [String] = []
        for count in 0..<levelsUp { paths.append(base + String(repeating: "/d", count: count + 1)) }
        for count in 1..<max(1, parts.count) {
            paths.append(base + "/" + parts.prefix(count).joined(separator: "/"))
        }
        return paths
    }
}
