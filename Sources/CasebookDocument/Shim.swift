package struct ClearedDocument { package var bytes: [UInt8]; package var removed: [ByteRange] = []; package var diagnostics: [Diagnostic] = [] }
extension SourceText { package func cleared() -> ClearedDocument { ClearedDocument(bytes: bytes) } }
extension Runbook { package static func read(_ s: SourceText) -> Runbook { Runbook(source: s, metadata: Metadata(), items: [], diagnostics: []) } }
package struct DocumentWriter: Sendable { let r: Runbook; package init(_ r: Runbook) { self.r = r }
 package func bytes(with blocks: [ItemID: WrittenBlock]) throws(DocumentError) -> [UInt8] { r.source.bytes } }
