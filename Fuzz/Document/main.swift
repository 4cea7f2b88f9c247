import CasebookDocument
import CasebookSimulation
import Glibc

// libFuzzer feeds one document after the other into the properties that hold for every document. A broken one
// ends the process, so that libFuzzer keeps the input.

private typealias Target = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt

/// libFuzzer's own start; its `main` would call the same, and SwiftPM gives the executable another one.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ target: Target
) -> CInt

private func check(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    // The input decides which blocks are written, so that a finding comes again from the input alone.
    let seed = bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0100_0000_01B3 }
    let violations = DocumentProperties.violations(
        of: SourceText(name: "fuzz.md", bytes: bytes),
        seed: seed
    )
    guard !violations.isEmpty else { return 0 }
    let message = "seed \(seed)\n" + violations.joined(separator: "\n") + "\n"
    message.withCString { text in _ = write(STDERR_FILENO, text, strlen(text)) }
    abort()
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
_ = runFuzzer(&count, &arguments) { check($0, $1) }
