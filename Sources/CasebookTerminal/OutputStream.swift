import Glibc

/// A file descriptor that text is written to, whole and unbuffered.
///
/// A reader that has gone is not an error: the record has everything.
package struct OutputStream: Sendable {
    package static let standardOutput = OutputStream(descriptor: STDOUT_FILENO)
    package static let standardError = OutputStream(descriptor: STDERR_FILENO)

    private let descriptor: Int32

    package init(descriptor: Int32) { self.descriptor = descriptor }

    package var isTerminal: Bool { isatty(descriptor) == 1 }

    package func write(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    package func line(_ text: String) { write(text + "\n") }

    /// Writes lines in one piece, so that a long listing takes no call for each.
    package func lines(_ lines: [String]) {
        var text = ""
        for line in lines {
            text += line
            text += "\n"
        }
        write(text)
    }

    package func write(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            let count = Glibc.write(descriptor, start, rest.count)
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if count < 0, errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&ready, 1, 1000)
            } else if count < 0, errno == EINTR {
                continue
            } else {
                return
            }
        }
    }
}
