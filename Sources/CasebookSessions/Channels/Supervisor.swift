import CTerminal
import CasebookRun
import Glibc

/// The host's end of the process that owns one session's processes.
///
/// Used by the session's own thread only. When it goes, by whatever, the supervisor stops everything,
/// removes the private directory and ends.
struct Supervisor: ~Copyable {
    let socket: Int32
    private let process: pid_t
    private let grace: Int32 = 1000

    /// Something that the supervisor said.
    enum Report {
        case started(pid: Int32)
        case notStarted(errno: Int32)
        case exited(waitStatus: Int32)
        case stopped(count: Int, survivors: [String])
    }

    init(owning directory: String) throws(SessionError) {
        var socket: Int32 = -1
        var failure: Int32 = 0
        let process = casebook_supervise(directory, &socket, &failure)
        guard process > 0 else { throw .system(operation: "fork", errno: failure) }
        self.socket = socket
        self.process = process
    }

    deinit {
        Glibc.close(socket)
        // It has only killed processes to wait for; the limit is for those that the kernel holds.
        for _ in 0..<5000 {
            let ended = waitpid(process, nil, WNOHANG)
            if ended == process || (ended < 0 && errno != EINTR) { return }
            usleep(1000)
        }
    }

    /// Asks for the interpreter; ``Report/started(pid:)`` or ``Report/notStarted(errno:)`` follows.
    func start(
        program: String,
        arguments: [String],
        environment: [String],
        directory: String,
        descriptors: [Int32]
    ) throws(SessionError) {
        var text: [UInt8] = []
        for count in [arguments.count, environment.count] {
            withUnsafeBytes(of: Int32(count)) { text.append(contentsOf: $0) }
        }
        for part in [program, directory] + arguments + environment {
            text.append(contentsOf: part.utf8)
            text.append(0)
        }
        let file = text.withUnsafeBytes { casebook_memory_file($0.baseAddress, $0.count) }
        guard file >= 0 else { throw .system(operation: "memfd_create", errno: errno) }
        defer { Glibc.close(file) }
        var packet = casebook_packet()
        packet.order = Int32(CASEBOOK_START.rawValue)
        packet.size = Int32(text.count)
        try send(&packet, [file] + descriptors)
    }

    /// Sends a signal to the interpreter's process group.
    func signal(_ number: Int32) throws(SessionError) {
        var packet = casebook_packet()
        packet.order = Int32(CASEBOOK_SIGNAL.rawValue)
        packet.value = number
        try send(&packet, [])
    }

    /// Stops what descends from the session; ``Report/stopped(count:survivors:)`` follows.
    func stop(sparingInterpreter: Bool) throws(SessionError) {
        var packet = casebook_packet()
        let order = sparingInterpreter ? CASEBOOK_STOP_REST : CASEBOOK_STOP
        packet.order = Int32(order.rawValue)
        packet.value = grace
        try send(&packet, [])
    }

    /// Takes what it said, without waiting; nil when it said nothing.
    func receive() throws(SessionError) -> Report? {
        var packet = casebook_packet()
        switch casebook_receive(socket, &packet) {
        case 0: throw .supervisorLost()
        case 1: break
        default:
            if errno == EAGAIN || errno == EINTR { return nil }
            throw .supervisorLost()
        }
        switch UInt32(packet.order) {
        case CASEBOOK_STARTED.rawValue:
            return packet.pid > 0 ? .started(pid: packet.pid) : .notStarted(errno: packet.value)
        case CASEBOOK_EXITED.rawValue:
            return .exited(waitStatus: packet.value)
        default:
            let names = withUnsafeBytes(of: packet.survivors) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            return .stopped(
                count: Int(packet.value),
                survivors: names.split(separator: "\n").map(String.init)
            )
        }
    }

    private func send(_ packet: inout casebook_packet, _ descriptors: [Int32]) throws(SessionError) {
        guard casebook_send(socket, &packet, descriptors, Int32(descriptors.count)) == 0 else {
            throw .supervisorLost()
        }
    }
}
