import CTerminal
import CasebookRun
import Glibc

/// The channels between one session's thread and its interpreter and supervisor.
///
/// The host holds both ends of every FIFO, so that none of them ever reaches end-of-file: when a cell has
/// ended is told by an event, never by a pipe that background jobs may hold open.
final class Wire {
    /// What `next` found.
    enum Happening {
        case event(CellEvent)
        case supervisor(Supervisor.Report)
        /// Somebody wants the cell stopped, first with this signal.
        case interrupted(signal: Int32)
        case deadline
    }

    private static let chunkSize = 1 << 20
    /// Of the output of background jobs between cells, at most this much is kept for the next cell.
    private static let lateMax = 1 << 20
    /// A variable of the environment takes no more than 128 KiB.
    private static let capturedMax = 128 << 10

    let directory: PrivateDirectory
    let supervisor: Supervisor
    private let session: Session
    private let control: Descriptor
    private let event: Descriptor
    private let output: Descriptor
    private let capture: Descriptor
    private let chunk: UnsafeMutableRawBufferPointer
    private var eventText: [UInt8] = []
    private var late: [UInt8] = []
    private var lateDropped = 0
    /// What came over `capture` since the cell began.
    private var captured: [UInt8] = []
    private var isCaptureWhole = true
    /// The terminal of the present cell.
    private var terminal: WireTerminal?
    /// Takes the output of the present cell; nil between cells.
    private var receiver: (any OutputReceiver)?

    /// Opens the channels in the first of the usual places where that can be done.
    static func open(_ session: Session) throws(SessionError) -> Wire {
        var failure = SessionError.system(operation: "create a private directory", errno: ENOENT)
        for directory in PrivateDirectory.candidates(in: session.temporaryDirectory) {
            do throws(SessionError) {
                return try Wire(session, directory)
            } catch {
                failure = error
            }
        }
        throw failure
    }

    private init(_ session: Session, _ directory: PrivateDirectory) throws(SessionError) {
        self.session = session
        self.directory = directory
        supervisor = try Supervisor(owning: directory.path)
        try directory.create()
        control = try Descriptor(opening: directory.control, flags: O_RDWR | O_NONBLOCK)
        event = try Descriptor(opening: directory.event, flags: O_RDWR | O_NONBLOCK)
        output = try Descriptor(opening: directory.output, flags: O_RDWR | O_NONBLOCK)
        capture = try Descriptor(opening: directory.capture, flags: O_RDWR | O_NONBLOCK)
        _ = growPipe(output.number, Wire.chunkSize)
        chunk = .allocate(byteCount: Wire.chunkSize, alignment: 4096)
    }

    deinit { chunk.deallocate() }

    /// Stops the session's processes and removes its directory, when the supervisor that should has gone.
    ///
    /// - Returns: what is still alive, as `PID NAME`.
    func salvage() -> [String] {
        let survivors = OrphanedProcesses(of: directory.path).stop()
        casebook_remove_tree(directory.path)
        return survivors
    }

    /// Wakes the driver to read this message.
    func send(_ message: [UInt8], number: Int) throws(SessionError) {
        try writeFile(message, to: directory.message)
        let line = Array("\(number)\n".utf8)
        let written = line.withUnsafeBytes { write(control.number, $0.baseAddress, $0.count) }
        guard written == line.count else { throw .system(operation: "write to a session", errno: errno) }
    }

    /// Forgets orders and reports of an interpreter that has gone.
    func forgetOrders() {
        while readChunk(control.number) > 0 {}
        while readChunk(event.number) > 0 {}
        eventText = []
    }

    /// Gives the output to a receiver from now on, beginning with what came since the cell before.
    ///
    /// - Returns: how many bytes of it there were and how many had to be dropped.
    func begin(_ receiver: any OutputReceiver) -> (late: Int, dropped: Int) {
        drain()
        let counts = (late: late.count, dropped: lateDropped)
        if !late.isEmpty { late.withUnsafeBytes { receiver.receive($0) } }
        late = []
        lateDropped = 0
        captured = []
        isCaptureWhole = true
        self.receiver = receiver
        return counts
    }

    /// Makes the terminal of the next cell, and returns its path.
    func openTerminal(_ given: CellTerminal) throws(SessionError) -> String {
        let terminal = try WireTerminal(given)
        self.terminal = terminal
        return terminal.path
    }

    /// Takes the terminal away from whatever still has it.
    func closeTerminal() { terminal = nil }

    /// Gives the receiver what was printed up to now, and lets go of it.
    func finish() {
        drain()
        receiver = nil
    }

    /// Standard output of the cell alone; nil when it was too large.
    func takeCaptured() -> [UInt8]? {
        defer { captured = [] }
        return isCaptureWhole ? captured : nil
    }

    /// Takes an interrupt that came before the cell was sent; true when there was one.
    func takeInterrupt() -> Bool { session.takeInterrupt() != nil }

    /// Waits for the next thing that happens, passing output on meanwhile.
    ///
    /// - Parameters:
    ///   - deadline: on the monotonic clock, in milliseconds, which stands still in a suspend.
    ///   - isInterruptible: whether an interrupt is told here. Where it is not, it waits for who asks.
    func next(deadline: Int64?, isInterruptible: Bool = false) throws(SessionError) -> Happening {
        while true {
            if let event = takeEvent() { return .event(event) }
            if let report = try supervisor.receive() { return .supervisor(report) }
            if isInterruptible, let signal = session.takeInterrupt() { return .interrupted(signal: signal) }
            let remaining = deadline.map { $0 - monotonicMilliseconds() }
            if let remaining, remaining <= 0 { return .deadline }
            let numbers = [output.number, event.number, supervisor.socket, session.wake, capture.number]
            var waits = (numbers + (terminal?.numbers ?? [])).map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            try terminal?.followWindow()
            let patience = [remaining, terminal?.patience].compactMap(\.self).min()
            let timeout = patience.map { Int32(min($0, 3_600_000)) } ?? -1
            guard poll(&waits, nfds_t(waits.count), timeout) >= 0 else {
                if errno == EINTR { continue }
                throw .system(operation: "poll", errno: errno)
            }
            if waits[4].revents != 0 { keep(readChunk(capture.number)) }
            if let terminal, waits[5].revents != 0 { passOn(readChunk(terminal.primary)) }
            if let terminal, waits.count > 6, waits[6].revents != 0 { terminal.type() }
            if waits[0].revents != 0 { passOn(readChunk(output.number)) }
            if waits[1].revents != 0 {
                let count = readChunk(event.number)
                if count > 0 { eventText.append(contentsOf: chunk[..<count]) }
            }
            if waits[3].revents != 0 { session.hush() }
        }
    }

    /// Between cells: keeps the output of background jobs until `wake` is rung.
    func idle(wake: Int32) {
        while true {
            var waits = [output.number, wake].map { number in
                pollfd(fd: number, events: Int16(POLLIN), revents: 0)
            }
            guard poll(&waits, 2, -1) >= 0 || errno == EINTR else { return }
            if waits[1].revents != 0 { return }
            if waits[0].revents != 0 { passOn(readChunk(output.number)) }
        }
    }

    /// Passes on what stands in the pipe now, and not what a background job keeps adding.
    private func drain() {
        drain(capture.number, keep)
        // What a terminal holds is told by nothing but reading it.
        var rest = Wire.chunkSize
        while let terminal, rest > 0 {
            let count = readChunk(terminal.primary)
            guard count > 0 else { break }
            passOn(count)
            rest -= count
        }
        drain(output.number, passOn)
    }

    private func drain(_ number: Int32, _ take: (Int) -> Void) {
        var waiting: Int32 = 0
        guard ioctl(number, UInt(FIONREAD), &waiting) == 0 else { return }
        var left = Int(waiting)
        while left > 0 {
            let count = readChunk(number, max: left)
            guard count > 0 else { return }
            take(count)
            left -= count
        }
    }

    /// Keeps what was captured, and passes it on like the rest.
    private func keep(_ count: Int) {
        guard count > 0 else { return }
        if captured.count + count > Wire.capturedMax {
            isCaptureWhole = false
            captured = []
        } else if isCaptureWhole {
            captured.append(contentsOf: chunk[..<count])
        }
        passOn(count)
    }

    private func passOn(_ count: Int) {
        guard count > 0 else { return }
        let bytes = UnsafeRawBufferPointer(rebasing: chunk[..<count])
        if let receiver {
            receiver.receive(bytes)
            return
        }
        let kept = min(count, Wire.lateMax - late.count)
        late.append(contentsOf: bytes[..<kept])
        lateDropped += count - kept
    }

    private func readChunk(_ number: Int32, max: Int = Wire.chunkSize) -> Int {
        // At most the chunk's own size.
        read(number, chunk.baseAddress, min(max, Wire.chunkSize))
    }

    private func takeEvent() -> CellEvent? {
        while let end = eventText.firstIndex(of: 0x0A) {
            let line = String(decoding: eventText[..<end], as: UTF8.self)
            eventText.removeSubrange(...end)
            if let event = CellEvent(line: line[...]) { return event }
        }
        return nil
    }
}

/// The monotonic clock in milliseconds.
func monotonicMilliseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}
