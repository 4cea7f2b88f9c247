import CasebookSimulation
import Testing

@testable import CasebookDocument

/// Every attribute of real and of random info strings stands where the scanner says that it stands.
@Suite struct AttributeRangeTests {
    @Test(
        "the attributes of real runbooks are where they are said to be",
        arguments: Documents.fixtures + Documents.corpus
    )
    func real(_ file: Documents.File) {
        let tree = BlockTree.of(file.source)
        for index in tree.blocks.indices where tree.blocks[index].kind == .code(isFenced: true) {
            guard case .proven(let fence) = tree.fence(at: index) else { continue }
            Self.check(fence.opening.info, in: file.source)
        }
    }

    @Test("the attributes of random info strings are where they are said to be", arguments: UInt64(0)..<20)
    func random(_ batch: UInt64) {
        for seed in (batch * 100)..<(batch * 100 + 100) {
            var generator = SeededGenerator(seed: seed)
            var text = "bash "
            for _ in 0..<Int.random(in: 0..<8, using: &generator) {
                text += generator.pick([
                    "{", "}", "{#a", " b=c", " d=\"e f\"", "\"g\":\"h\"", ",", " ", "\t", "é=ü", "'", "\"",
                    "\\", "=", "#",
                    ".x", "/r e/", "!/n/", "timeout=1m", "{{ y }}", "\u{1F600}",
                ])
            }
            let source = SourceText(name: "seed \(seed)", bytes: Array(text.utf8))
            Self.check(0..<source.bytes.count, in: source)
        }
    }

    private static func check(_ info: ByteRange, in source: SourceText) {
        let string = InfoString(in: info, of: source)
        for range in [string.tag, string.braces, string.unclosedBrace].compactMap(\.self) {
            #expect(
                info.lowerBound <= range.lowerBound && range.upperBound <= info.upperBound,
                "\(source.name)"
            )
        }
        guard let braces = string.braces else { return }
        let scanner = AttributeScanner(braces: braces, in: source)
        for attribute in scanner.attributes {
            let name = source.text(in: attribute.nameRange)
            #expect(name == attribute.name || name == "#", "\(source.name)")
            guard let value = attribute.value else { continue }
            // A backslash keeps the quote or the backslash after it, so the value may be shorter.
            let found = source.text(in: attribute.valueRange)
            #expect(
                found == value
                    || found.contains("\\") && found.filter { $0 != "\\" } == value.filter { $0 != "\\" },
                "\(source.name)"
            )
        }
        let ranges =
            scanner.attributes.flatMap { [$0.nameRange, $0.valueRange] }
            + scanner.diagnostics.compactMap(\.range)
        for range in ranges {
            #expect(
                braces.lowerBound <= range.lowerBound && range.upperBound <= braces.upperBound,
                "\(source.name)"
            )
        }
    }
}
