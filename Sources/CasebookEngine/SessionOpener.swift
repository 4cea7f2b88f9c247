import CasebookDocument
import CasebookRun

/// Starts each session before its first cell.
final class SessionOpener {
    private let host: any SessionHost
    private let directory: String
    private let variables: [String: String]
    private let hasSecrets: Bool
    private let documentName: String
    private let codeLines: [String: [Int]]
    private var opened: Set<String> = []

    init(_ setup: RunSetup, host: any SessionHost) {
        self.host = host
        directory = setup.directory
        variables = setup.variables
        hasSecrets = !setup.secrets.isEmpty
        documentName = setup.runbook.source.name
        let cells = setup.runbook.cells.filter { $0.interpreter != nil }
        codeLines = Dictionary(grouping: cells, by: \.sessionName).mapValues { $0.map(\.codeLine) }
    }

    /// The session has ended: the next cell in it starts it anew.
    func forget(_ session: String) { opened.remove(session) }

    /// Starts the session of a cell when it is not running yet.
    ///
    /// - Returns: what did not come back, when the session was started from a saved state; else nil.
    func openSession(for cell: Cell, from state: SavedState?) async throws(EngineError) -> [String]? {
        guard let interpreter = cell.interpreter else { throw .run(.notRunnable(cell.id.name)) }
        let name = cell.sessionName
        guard opened.insert(name).inserted else { return nil }
        let specification = SessionSpecification(
            name: name,
            interpreter: interpreter,
            documentName: documentName,
            codeLines: codeLines[name] ?? [],
            directory: directory,
            environment: variables,
            savedState: state,
            isBackground: cell.attributes.background != nil,
            hasSecrets: hasSecrets
        )
        do throws(SessionError) {
            let lost = try await host.open(specification)
            return state == nil ? nil : lost
        } catch {
            opened.remove(name)
            throw .session(error, at: cell.id)
        }
    }
}
