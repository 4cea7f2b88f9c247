import Yams

/// A piece of YAML with its place in the document; the only file that imports Yams.
struct YAMLNode: Sendable {
    enum Content: Sendable {
        /// Nothing, `~` or `null`.
        case empty
        case scalar(String)
        case sequence([YAMLNode])
        case mapping([(key: String, keyRange: ByteRange, value: YAMLNode)])
    }

    let content: Content
    /// The scalar itself, or the place where a sequence or mapping starts.
    let range: ByteRange
}

extension YAMLNode {
    /// Why YAML could not be read: a sentence part and its place.
    struct Problem: Error {
        let message: String
        let range: ByteRange?
    }

    /// Reads the YAML of a front matter; nil when it is empty.
    ///
    /// Bounded: at most 64 KiB, 64 levels on a line and 200 columns of indentation, and as many values,
    /// aliases
    /// filled in, as the budget allows, so that an alias bomb costs nothing.
    static func read(_ place: FrontMatterPlace, in source: SourceText) throws(Problem) -> YAMLNode? {
        guard let range = place.yaml, !range.isEmpty else { return nil }
        if let problem = bounds(range, in: source) { throw problem }
        let text = source.text(in: range)
        do {
            guard let node = try compose(yaml: text) else { return nil }
            var reader = Copier(source: source, firstLine: place.yamlLine, budget: 10_000)
            return try reader.copy(node, depth: 0)
        } catch let problem as Problem {
            throw problem
        } catch let error as YamlError {
            throw Self.problem(error, place, source)
        } catch {
            throw Problem(message: "the front matter is not YAML", range: range)
        }
    }

    private static let bytesMax = 64 * 1024

    private static func bounds(_ range: ByteRange, in source: SourceText) -> Problem? {
        guard range.count <= bytesMax else {
            return Problem(message: "the front matter is larger than 64 KiB", range: nil)
        }
        var flowDepth = 0
        var aliases = 0
        var indent = 0
        var leading = 0
        var isLeading = true
        for index in range {
            let byte = source.bytes[index]
            switch byte {
            case .lineFeed, .carriageReturn: (indent, leading, isLeading) = (0, 0, true)
            case .space where isLeading: indent += 1
            case UInt8(ascii: "-") where isLeading, UInt8(ascii: "?") where isLeading: leading += 1
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                flowDepth += 1
                isLeading = false
            case UInt8(ascii: "]"), UInt8(ascii: "}"): flowDepth = max(0, flowDepth - 1)
            case UInt8(ascii: "*"): aliases += 1
            default: isLeading = false
            }
            if flowDepth > 64 || (leading > 64 && indent > 32) || indent > 200 || aliases > 200 {
                return Problem(
                    message: "the front matter is nested too deeply, or has too many aliases",
                    range: index..<(index + 1)
                )
            }
        }
        return nil
    }

    private static func problem(_ error: YamlError, _ place: FrontMatterPlace, _ source: SourceText)
        -> Problem
    {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let line = min(max(1, place.yamlLine + mark.line - 1), source.lineCount)
            return Problem(
                message: "the front matter is not YAML: \(problem)",
                range: source.contentRange(ofLine: line)
            )
        case .duplicatedKeysInMapping(let keys, _):
            let names = keys.map { "`\($0)`" }.joined(separator: ", ")
            return Problem(message: "the front matter gives \(names) twice", range: place.yaml)
        default: return Problem(message: "the front matter is not YAML", range: place.yaml)
        }
    }
}

// MARK: - Copying

extension YAMLNode {
    private struct Copier {
        let source: SourceText
        let firstLine: Int
        var budget: Int

        mutating func copy(_ node: Node, depth: Int) throws -> YAMLNode {
            budget -= 1
            guard budget > 0, depth < 300 else {
                throw Problem(message: "the front matter holds too many values", range: nil)
            }
            switch node {
            case .scalar(let scalar):
                let range = range(at: scalar.mark, text: scalar.string)
                let isPlain = scalar.style == .plain || scalar.style == .any
                let isEmpty = isPlain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
                return YAMLNode(content: isEmpty ? .empty : .scalar(scalar.string), range: range)
            case .sequence(let sequence):
                var values: [YAMLNode] = []
                for value in sequence { values.append(try copy(value, depth: depth + 1)) }
                return YAMLNode(content: .sequence(values), range: range(at: sequence.mark, text: ""))
            case .mapping(let mapping):
                var pairs: [(key: String, keyRange: ByteRange, value: YAMLNode)] = []
                for (key, value) in mapping {
                    let text = key.scalar?.string ?? ""
                    pairs.append((text, range(at: key.mark, text: text), try copy(value, depth: depth + 1)))
                }
                return YAMLNode(content: .mapping(pairs), range: range(at: mapping.mark, text: ""))
            case .alias:
                return YAMLNode(content: .empty, range: range(at: node.mark, text: ""))
            }
        }

        /// The bytes of a scalar on its first line; marks count characters, and only from the line they are
        /// on.
        private func range(at mark: Mark?, text: String) -> ByteRange {
            guard let mark else { return 0..<0 }
            let line = min(max(1, firstLine + mark.line - 1), source.lineCount)
            let content = source.contentRange(ofLine: line)
            let scalars = source.text(in: content).unicodeScalars.prefix(max(0, mark.column - 1))
            let start = min(
                content.lowerBound + String(String.UnicodeScalarView(scalars)).utf8.count,
                content.upperBound
            )
            let rest = source.bytes[start..<content.upperBound]
            // A quoted scalar starts at its quote.
            let quotes = rest.first == UInt8(ascii: "\"") || rest.first == UInt8(ascii: "'") ? 1 : 0
            if !text.isEmpty, rest.dropFirst(quotes).starts(with: text.utf8) {
                return (start + quotes)..<(start + quotes + text.utf8.count)
            }
            var end = content.upperBound
            while end > start, source.bytes[end - 1].isBlank { end -= 1 }
            return start..<end
        }
    }
}

// MARK: - Asking

extension YAMLNode {
    var string: String? {
        if case .scalar(let text) = content { text } else { nil }
    }

    var isEmpty: Bool {
        if case .empty = content { true } else { false }
    }

    var pairs: [(key: String, keyRange: ByteRange, value: YAMLNode)]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }

    /// The strings of a sequence of scalars, or of one scalar with commas; nil for anything else.
    var strings: [String]? {
        switch content {
        case .empty: return []
        case .scalar(let text): return text.split(separator: ",").map { AttributeValue.trimmed($0) }
        case .sequence(let values):
            let strings = values.compactMap(\.string)
            return strings.count == values.count ? strings : nil
        case .mapping: return nil
        }
    }

    /// One line of text for people, from text, a list of it, or the values of a mapping.
    var words: String? {
        switch content {
        case .empty: nil
        case .scalar(let text): text
        case .sequence(let values):
            values.allSatisfy { $0.words != nil } ? values.compactMap(\.words).joined(separator: ", ") : nil
        case .mapping(let pairs):
            pairs.allSatisfy { $0.value.string != nil }
                ? pairs.compactMap(\.value.string).joined(separator: ", ") : nil
        }
    }
}
