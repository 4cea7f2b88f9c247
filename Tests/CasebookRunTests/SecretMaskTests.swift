import CasebookRun
import Testing

@Suite struct SecretMaskTests {
    /// Every way to cut the text into two reads.
    @Test(arguments: 0...30)
    func `a secret is masked wherever the reads are cut`(cut: Int) {
        let text = Array("token=hunter2-long and hunter2".utf8)
        var mask = SecretMask(secrets: [Array("hunter2".utf8), Array("hunter2-long".utf8)])
        var shown: [UInt8] = []
        Array(text.prefix(cut)).withUnsafeBytes { shown += mask.mask($0) }
        Array(text.dropFirst(cut)).withUnsafeBytes { shown += mask.mask($0) }
        shown += mask.finish()
        #expect(String(decoding: shown, as: UTF8.self) == "token=**** and ****")
    }

    @Test func `nothing is lost when a secret only begins`() {
        var mask = SecretMask(secrets: [Array("secret".utf8)])
        var shown: [UInt8] = []
        Array("sec".utf8).withUnsafeBytes { shown += mask.mask($0) }
        #expect(shown.isEmpty)
        shown += mask.finish()
        #expect(shown == Array("sec".utf8))
    }
}
