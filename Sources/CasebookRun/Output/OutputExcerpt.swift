package import CasebookDocument

/// Keeps the part of a cell's output that the document shows, in bounded memory, while it streams by.
///
/// Of a long output the first four fifths of the permitted lines and the last fifth are shown, with a line
/// between them that says how many were left out.
package struct OutputExcerpt: Sendable {
    private let limits: Limits
    private let screen: Screen
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private var tailDropped = 0
    private var byteCount = 0
    private var newlineCount = 0
    private var lastByte: UInt8 = .lineFeed

    /// - Parameter screen: the size of the terminal that the output was written for.
    package init(_ extent: OutputExtent, on screen: Screen = .standard) {
        limits = Limits(extent)
        self.screen = screen
    }

    /// Takes the next bytes.
    package mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let last = bytes.last else { return }
        byteCount += bytes.count
        lastByte = last
        newlineCount += Self.countNewlines(in: bytes)
        var rest = UnsafeRawBufferPointer(rebasing: bytes[...])
        let room = limits.rawBytesMax - head.count
        if room > 0 {
            let taken = min(room, rest.count)
            head.append(contentsOf: rest.prefix(taken))
            rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
        }
        guard !rest.isEmpty else { return }
        if rest.count >= limits.rawBytesMax {
            tailDropped += tail.count + rest.count - limits.rawBytesMax
            tail.removeAll(keepingCapacity: true)
            tail.append(contentsOf: rest.suffix(limits.rawBytesMax))
        } else {
            tail.append(contentsOf: rest)
            // Cut only now and then, so that many small pieces cost no more than their own bytes.
            if tail.count > limits.rawBytesMax * 2 { dropFromTail(tail.count - limits.rawBytesMax) }
        }
    }

    /// The settled text, lines joined by LF, without the last ending.
    package func text() -> [UInt8] {
        guard !limits.showsNothing, byteCount > 0 else { return [] }
        var kept = head
        if tailDropped == 0 {
            kept.append(contentsOf: tail)
            return Array(shorten(SettledText.lines(of: kept, on: screen)).joined(separator: "\n").utf8)
        }
        // Both ends were cut somewhere inside a line: the pieces of that line belong to what is left out.
        var headLines = SettledText.lines(of: Self.cutAfterLastLine(head), on: screen)
        var tailLines = SettledText.lines(of: Self.cutBeforeFirstLine(tail), on: screen)
        headLines = Array(headLines.prefix(limits.headLinesMax))
        tailLines = Array(tailLines.suffix(limits.tailLinesMax))
        return Array(join(headLines, tailLines).joined(separator: "\n").utf8)
    }

    /// The settled lines that were kept, of both ends when lines between them are missing.
    package func keptLines() -> (lines: [String], isWhole: Bool) {
        if tailDropped == 0 { return (SettledText.lines(of: head + tail, on: screen), true) }
        let lines = SettledText.lines(of: Self.cutAfterLastLine(head), on: screen)
        return (lines + SettledText.lines(of: Self.cutBeforeFirstLine(tail), on: screen), false)
    }

    private var lineCount: Int { newlineCount + (lastByte == .lineFeed ? 0 : 1) }

    private mutating func dropFromTail(_ count: Int) {
        tail.removeFirst(count)
        tailDropped += count
    }

    private func shorten(_ lines: [String]) -> [String] {
        let fits = lines.count <= limits.headLinesMax + limits.tailLinesMax
        if fits, lines.reduce(0, { $0 + $1.utf8.count + 1 }) <= limits.textBytesMax { return lines }
        let headCount = fits ? lines.count : limits.headLinesMax
        let tailCount = fits ? 0 : limits.tailLinesMax
        return join(Array(lines.prefix(headCount)), Array(lines.suffix(tailCount)))
    }

    /// Puts both ends together within the byte limit, with the line that tells what is missing.
    private func join(_ headLines: [String], _ tailLines: [String]) -> [String] {
        var budget = limits.textBytesMax
        var shownTail: [String] = []
        for line in tailLines.reversed() {
            guard line.utf8.count + 1 <= budget - limits.textBytesMax * 4 / 5 else { break }
            budget -= line.utf8.count + 1
            shownTail.append(line)
        }
        var shownHead: [String] = []
        for line in headLines {
            guard line.utf8.count + 1 <= budget else {
                if shownHead.isEmpty { shownHead.append(Self.cut(line, toBytes: budget)) }
                break
            }
            budget -= line.utf8.count + 1
            shownHead.append(line)
        }
        let missing = lineCount - shownHead.count - shownTail.count
        guard missing > 0 else { return shownHead + shownTail.reversed() }
        return shownHead + ["[... \(missing) \(missing == 1 ? "line" : "lines") left out ...]"]
            + shownTail.reversed()
    }

    private static func cut(_ line: String, toBytes limit: Int) -> String {
        var used = 0
        var shown = ""
        for character in line {
            used += character.utf8.count
            guard used <= limit else { break }
            shown.append(character)
        }
        return shown + " [... \(line.utf8.count - shown.utf8.count) bytes of this line left out ...]"
    }

    /// Counts eight bytes at a time: a gigabyte passes through here.
    private static func countNewlines(in bytes: UnsafeRawBufferPointer) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let lowBits = ones &* 0x7F
        var count = 0
        var at = 0
        while at + 8 <= bytes.count {
            // Each byte of the sum counts for itself; all eight together must stay below 256.
            let end = at + min((bytes.count - at) / 8, 31) * 8
            var sums: UInt64 = 0
            while at < end {
                // Zero where a line ends; the highest bit of each byte then says so.
                let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ (ones &* 0x0A)
                sums &+= ~(((word & lowBits) &+ lowBits) | word | lowBits) >> 7
                at += 8
            }
            count += Int((sums &* ones) >> 56)
        }
        return bytes[at...].reduce(count) { $0 + ($1 == .lineFeed ? 1 : 0) }
    }

    private static func cutAfterLastLine(_ bytes: [UInt8]) -> [UInt8] {
        guard let end = bytes.lastIndex(of: .lineFeed) else { return bytes }
        return Array(bytes[...end])
    }

    private static func cutBeforeFirstLine(_ bytes: [UInt8]) -> [UInt8] {
        guard let start = bytes.firstIndex(of: .lineFeed) else { return [] }
        return Array(bytes[(start + 1)...])
    }
}

/// What an extent means in lines and bytes.
private struct Limits {
    let headLinesMax: Int
    let tailLinesMax: Int
    let textBytesMax: Int
    /// How many captured bytes of each end are kept: escape sequences can be longer than the text.
    let rawBytesMax: Int
    let showsNothing: Bool

    init(_ extent: OutputExtent) {
        switch extent {
        case .standard: self.init(lines: 250, textBytes: 16 << 10, rawBytes: 64 << 10)
        case .lines(let count):
            // As many as long lines take; a few endless ones get no more than an ordinary cell's.
            let text = min(max(16 << 10, min(count, 4096) * 256), 1 << 20)
            self.init(lines: count, textBytes: text, rawBytes: 1 << 20)
        case .full: self.init(lines: .max, textBytes: 16 << 20, rawBytes: 8 << 20)
        case .none: self.init(lines: 0, textBytes: 0, rawBytes: 1)
        }
    }

    private init(lines: Int, textBytes: Int, rawBytes: Int) {
        tailLinesMax = lines / 5
        headLinesMax = lines - lines / 5
        textBytesMax = textBytes
        rawBytesMax = rawBytes
        showsNothing = lines == 0
    }
}
