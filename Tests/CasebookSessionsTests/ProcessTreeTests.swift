import CTerminal
import CasebookDocument
import CasebookRun
import CasebookSessions
import Glibc
import Testing

/// The processes whose environment holds this text.
private func processes(marked text: String) -> [Int32] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    var found: [Int32] = []
    while let entry = readdir(directory) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        guard let number = Int32(name), let file = fopen("/proc/\(number)/environ", "r") else { continue }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = fread(&bytes, 1, bytes.count, file)
        if String(decoding: bytes[..<count], as: UTF8.self).contains(text) { found.append(number) }
    }
    return found
}

/// Two daemons in sessions of their own, whose parents are gone.
private let daemons = """
    for i in 1 2; do (setsid bash -c 'trap "" TERM; (setsid sleep 300 &) ; sleep 300' >/dev/null 2>&1 &); done
    sleep 0.3; echo started
    """

@Suite("process trees", .timeLimit(.minutes(10)))
struct ProcessTreeTests {
    @Test("a time-out leaves no daemon, and the detector can see one")
    func timeout() async throws {
        let mark = "TREE_MARK=timeout\(getpid())"
        let parts = mark.split(separator: "=").map(String.init)
        try await SessionProbe.with(.bash, environment: [parts[0]: parts[1]]) { probe in
            let started = try await probe.run(daemons)
            #expect(started.text == "started\n")
            #expect(processes(marked: mark).count > 2)
            #expect(try await probe.run("sleep 900", timeout: .milliseconds(100)).end == .timedOut)
            // The interpreter alone is left.
            #expect(processes(marked: mark).count == 1)
        }
        #expect(processes(marked: mark).isEmpty)
    }

    @Test("stopping one session leaves another's processes alone")
    func sessionsApart() async throws {
        let mark = "TREE_MARK=apart\(getpid())"
        try await SessionProbe.with(.bash) { probe in
            let value = String(mark.dropFirst("TREE_MARK=".count))
            _ = try await probe.open(name: "other", environment: ["TREE_MARK": value])
            _ = try await probe.report(daemons, session: "other", output: Output())
            let before = processes(marked: mark).count
            #expect(before > 2)
            #expect(try await probe.run("sleep 900", timeout: .milliseconds(100)).end == .timedOut)
            #expect(processes(marked: mark).count == before)
        }
        #expect(processes(marked: mark).isEmpty)
    }

    @Test("a supervisor that is killed takes the session's processes along, and its directory")
    func supervisorGone() async throws {
        let run = "test\(UInt64.random(in: 0 ... .max))"
        let host = try LocalSessionHost(runID: run, temporaryDirectory: nil)
        let probe = SessionProbe(host: host, interpreter: .bash)
        _ = try await probe.open()
        let shown = try await probe.run("\(daemons); echo $PPID; echo $CASEBOOK_OUTPUT").text
        let lines = shown.split(separator: "\n").map(String.init)
        let supervisor = try #require(pid_t(lines[1]))
        #expect(processes(marked: "CASEBOOK_RUN=\(run)").count > 2)
        let ended = AsyncStream.makeStream(of: Result<CellReport, SessionError>.self)
        probe.start("sleep 900", session: "main") { result in
            ended.continuation.yield(result)
            ended.continuation.finish()
        }
        kill(supervisor, SIGKILL)
        for await result in ended.stream {
            #expect(throws: SessionError.supervisorLost()) { try result.get() }
        }
        #expect(processes(marked: "CASEBOOK_RUN=\(run)").isEmpty)
        #expect(access(lines[2], F_OK) != 0)
        // It can be opened again.
        _ = try await probe.open()
        let again = try await probe.run("echo on").text
        #expect(again == "on\n")
        _ = await host.close()
    }

    @Test("the end of the owner's socket ends everything and removes the directory")
    func ownerGone() async throws {
        let directory = "/tmp/casebook-test-\(getpid())"
        #expect(mkdir(directory, 0o700) == 0 && mkdir("\(directory)/inner", 0o700) == 0)
        let mark = "OWNER_MARK=\(getpid())"
        let ready = "\(directory)/inner/ready"
        // Closes the owner's end by hand, which is all that a supervisor sees of an owner's death.
        var failure: Int32 = 0
        var socket: Int32 = -1
        let supervisor = casebook_supervise(directory, &socket, &failure)
        #expect(supervisor > 0)
        let text = startText(
            "/bin/bash",
            ["bash", "-c", "\(daemons); : >\(ready); sleep 300"],
            [mark, "PATH=/usr/bin:/bin"]
        )
        let file = text.withUnsafeBytes { casebook_memory_file($0.baseAddress, $0.count) }
        let null = open("/dev/null", O_RDWR)
        var packet = casebook_packet()
        packet.order = Int32(CASEBOOK_START.rawValue)
        packet.size = Int32(text.count)
        #expect(casebook_send(socket, &packet, [file, null, null, null], 4) == 0)
        for _ in 0..<500 where access(ready, F_OK) != 0 { usleep(10_000) }
        #expect(processes(marked: mark).count > 2)
        close(socket)
        #expect(waitpid(supervisor, nil, 0) == supervisor)
        #expect(processes(marked: mark).isEmpty)
        #expect(access(directory, F_OK) != 0)
        close(file)
        close(null)
    }

    private func startText(_ program: String, _ arguments: [String], _ environment: [String]) -> [UInt8] {
        var text: [UInt8] = []
        for count in [arguments.count, environment.count] {
            withUnsafeBytes(of: Int32(count)) { text.append(contentsOf: $0) }
        }
        for part in [program, ""] + arguments + environment { text += Array(part.utf8) + [0] }
        return text
    }

    @Test("a program on a pseudo-terminal has it as its controlling terminal")
    func terminal() throws {
        let terminal = try PseudoTerminal(rows: 24, columns: 80)
        let process = try terminal.start(
            program: "/bin/sh",
            arguments: ["-c", "stty size </dev/tty"],
            environment: ["PATH": "/usr/bin:/bin"],
            directory: "/"
        )
        #expect(waitpid(process, nil, 0) == process)
        var bytes = [UInt8](repeating: 0, count: 100)
        let count = read(terminal.number, &bytes, bytes.count)
        #expect(String(decoding: bytes[..<max(0, count)], as: UTF8.self) == "24 80\r\n")
    }
}
