/// Replaces secret values in a stream of bytes: in each spelling, across the borders of reads, and broken over lines.
package struct SecretMask: Sendable {
    /// The other spellings in which a program may print a value: base64, escaped for a URL, for JSON, for a shell.
    package typealias Speller = @Sendable ([UInt8]) -> [[UInt8]]

    package static let replacement = Array("****".utf8)
    /// A shorter value would turn ordinary text into asterisks and tell where it stood.
    package static let bytesMin = 6

    /// By their first two bytes, longest first, so that a secret that contains another is masked as a whole.
    private let byStart: [UInt16: [[UInt8]]]
    /// For each byte, whether a secret begins with it.
    private let starts: [Bool]
    private static let spelledLinesMax = 50
    private let count: Int
    private var held: [UInt8] = []
    /// How many values were replaced so far.
    package private(set) var foundCount = 0

    /// Masks nothing.
    package init() { self.init(secrets: []) { _ in [] } }

    /// - Parameters:
    ///   - secrets: whole values; of one of several lines each line counts by itself too. Values of fewer than
    ///     ``bytesMin`` bytes are not masked.
    ///   - spell: gives the further spellings of a value.
    package init(secrets: some Sequence<[UInt8]>, spelledBy spell: Speller) {
        var all: Set<[UInt8]> = []
        for secret in secrets {
            let (whole, lines) = Self.parts(of: secret)
            for part in whole where part.count >= Self.bytesMin {
                all.insert(part)
                for spelling in spell(part) where spelling.count >= Self.bytesMin { all.insert(spelling) }
            }
            // A value of many lines has too many spellings: each line as it stands.
            for line in lines where line.count >= Self.bytesMin {
                all.insert(line)
                guard lines.count <= Self.spelledLinesMax else { continue }
                for spelling in spell(line) where spelling.count >= Self.bytesMin { all.insert(spelling) }
            }
        }
        var table: [UInt16: [[UInt8]]] = [:]
        var starts = [Bool](repeating: false, count: 256)
        for secret in all.sorted(by: { $0.count > $1.count }) {
            let second = secret.dropFirst().first { !$0.isLineEnd } ?? secret[1]
            table[Self.key(secret[0], second), default: []].append(secret)
            starts[Int(secret[0])] = true
        }
        byStart = table
        self.starts = starts
        count = all.count
    }

    /// True for a value that is too short to be masked: what uses it must not be stored.
    package static func isTooShort(_ value: [UInt8]) -> Bool { !value.isEmpty && value.count < bytesMin }

    package var isEmpty: Bool { count == 0 }

    /// Masks from now on what another one masks; what is held back stays held.
    package mutating func learn(_ other: SecretMask) {
        let held = held
        self = other
        self.held = held
    }

    /// Takes the next bytes and returns what is safe to show: all but an end that may begin a secret.
    package mutating func mask(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var text = held
        text.append(contentsOf: bytes)
        return release(text, keeping: true)
    }

    /// Returns what was held back; nothing more comes.
    package mutating func finish() -> [UInt8] {
        release(held, keeping: false)
    }

    /// A whole text with every secret replaced.
    package func masking(_ text: String) -> String {
        guard !isEmpty else { return text }
        var mask = self
        mask.held = []
        return String(decoding: mask.release(Array(text.utf8), keeping: false), as: UTF8.self)
    }

    /// True for bytes with a secret in them, in whatever spelling.
    package func finds(in bytes: some Sequence<UInt8>) -> Bool {
        guard !isEmpty else { return false }
        var mask = self
        mask.held = []
        mask.foundCount = 0
        _ = mask.release(Array(bytes), keeping: false)
        return mask.foundCount > 0
    }

    /// The value without the white space around it, whole and line by line.
    private static func parts(of secret: [UInt8]) -> (whole: [[UInt8]], lines: [[UInt8]]) {
        func trimmed(_ bytes: ArraySlice<UInt8>, _ isOuter: (UInt8) -> Bool) -> [UInt8] {
            var bytes = bytes.drop(while: isOuter)
            while let last = bytes.last, isOuter(last) { bytes.removeLast() }
            return Array(bytes)
        }
        let isBlank = { (byte: UInt8) in byte.isLineEnd || byte == 0x20 || byte == 0x09 }
        let lines = secret.split(whereSeparator: \.isLineEnd)
        return (
            [trimmed(secret[...], \.isLineEnd), trimmed(secret[...], isBlank)],
            lines.count > 1 ? lines.map { trimmed($0, isBlank) } : []
        )
    }

    private static func key(_ first: UInt8, _ second: UInt8) -> UInt16 { UInt16(first) << 8 | UInt16(second) }

    private enum Match {
        case none
        /// The text ends before it can be told.
        case open
        case found(end: Int)
    }

    private mutating func release(_ text: [UInt8], keeping: Bool) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        var shown = 0
        scan: while index < text.count {
            guard starts[Int(text[index])] else {
                index += 1
                continue
            }
            // The second byte may stand behind a line ending.
            guard let second = text[(index + 1)...].prefix(4).first(where: { !$0.isLineEnd }) else {
                if keeping, index + 4 >= text.count { break }
                index += 1
                continue
            }
            for secret in byStart[Self.key(text[index], second)] ?? [] {
                switch Self.match(secret, text, index) {
                case .none: continue
                case .open:
                    // A longer secret that may still come is waited for before a shorter one is replaced.
                    if keeping { break scan }
                case .found(let end):
                    result.append(contentsOf: text[shown..<index])
                    result.append(contentsOf: Self.replacement)
                    foundCount += 1
                    index = end
                    shown = end
                    continue scan
                }
            }
            index += 1
        }
        result.append(contentsOf: text[shown..<index])
        held = Array(text[index...])
        return result
    }

    /// Follows a secret through a text; line endings in the text count for nothing, as programs break lines anywhere.
    private static func match(_ secret: [UInt8], _ text: [UInt8], _ start: Int) -> Match {
        var index = start
        var next = 0
        var breaks = 0
        while next < secret.count {
            guard index < text.count else { return .open }
            if text[index] == secret[next] {
                index += 1
                next += 1
            } else if text[index].isLineEnd, next > 0, breaks < breaksMax(secret.count) {
                index += 1
                breaks += 1
            } else if secret[next].isLineEnd, next > 0 {
                // The text has the lines of the secret joined, or with other endings.
                next += 1
            } else {
                return .none
            }
        }
        return .found(end: index)
    }

    /// Each break takes two bytes at most, and nobody prints fewer than eight characters a line.
    private static func breaksMax(_ count: Int) -> Int { count / 4 + 2 }
}

extension UInt8 {
    fileprivate var isLineEnd: Bool { self == 0x0A || self == 0x0D }
}
