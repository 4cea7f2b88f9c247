@testable import CasebookDocument
import Testing
@Test func oddRanges() {
    for seed in 0..<UInt64(2000) {
        let tree = BlockTree(of: DocumentGenerator.document(seed: seed))
        for (i, b) in tree.blocks.enumerated() where b.endLine < b.startLine || b.endLine > tree.source.lineCount {
            print("ODD", seed, i, b.kind, b.startLine, b.endLine, tree.source.lineCount, String(decoding: b.content, as: UTF8.self).debugDescription)
        }
    }
}
