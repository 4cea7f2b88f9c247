import CasebookRun
import Testing

@Suite struct SecretMaskTests {
    private func masked(_ text: String, _ secrets: [String], cut: Int = 0) -> String {
        var mask = SecretMask(secrets: secrets.map { Array($0.utf8) }) { secret in
            [Array("<".utf8) + secret.reversed()]
        }
        let bytes = Array(text.utf8)
        var shown: [UInt8] = []
        Array(bytes.prefix(cut)).withUnsafeBytes { shown += mask.mask($0) }
        Array(bytes.dropFirst(cut)).withUnsafeBytes { shown += mask.mask($0) }
        shown += mask.finish()
        return String(decoding: shown, as: UTF8.self)
    }

    /// Every way to cut the text into two reads.
    @Test(arguments: 0...50)
    func `a secret is masked wherever the reads are cut`(cut: Int) {
        let text = "token=hunter2-long and hunter2, <2retnuh or hunter2-l"
        #expect(masked(text, ["hunter2", "hunter2-long"], cut: cut) == "token=**** and ****, **** or ****-l")
    }

    @Test func `nothing is lost when a secret only begins`() {
        var mask = SecretMask(secrets: [Array("secret".utf8)]) { _ in [] }
        var shown: [UInt8] = []
        Array("sec".utf8).withUnsafeBytes { shown += mask.mask($0) }
        #expect(shown.isEmpty)
        shown += mask.finish()
        #expect(shown == Array("sec".utf8))
    }

    @Test(arguments: 0...40)
    func `line endings inside a secret hide nothing`(cut: Int) {
        #expect(masked("a hunt\ner\r\n2- b hun\nt", ["hunter2-"], cut: cut) == "a **** b hun\nt")
    }

    @Test func `each line of a secret of several lines is one`() {
        let key = "-----BEGIN-----\nMIIEvQIB\nabc\n-----END-----\n"
        #expect(masked("x MIIEvQIB y abc", [key]) == "x **** y abc")
        #expect(masked("<\(key)>", [key]) == "<****\n>")
        #expect(masked("-----BEGIN-----MIIEvQIBabc-----END-----", [key]) == "****")
    }

    @Test func `values that are too short are left to whoever asks`() {
        #expect(masked("12345 123456", ["12345", "123456"]) == "12345 ****")
        #expect(SecretMask.isTooShort(Array("12345".utf8)))
        #expect(!SecretMask.isTooShort(Array("123456".utf8)))
        #expect(!SecretMask.isTooShort([]))
    }

    @Test func `a line of one letter at the start of a secret hides nothing`() {
        #expect(masked("x a\nbcdefgh y", ["a\nbcdefgh"]) == "x **** y")
    }

    @Test func `white space around a value hides nothing`() {
        #expect(masked("x hunter22 y", ["  hunter22\t\n"]) == "x **** y")
    }

    @Test func `a secret of many lines slows nothing down`() {
        let secret = (0..<4_000).map { "line-\($0 * 7919)-of-it" }.joined(separator: "\n")
        let text = String(repeating: "line-by-line, nothing of it is secret\n", count: 10_000)
        #expect(masked(text, [secret]) == text)
        #expect(masked("a line-7919-of-it b", [secret]) == "a **** b")
    }
}
