import CPCRE2
import Synchronization

/// A regular expression that an author wrote, in the syntax of PCRE (`pcre2pattern(3)`).
///
/// There are short ones that take longer than the universe on a short text. So the steps of a search are counted, and
/// one that took too many is not tried again.
package final class TextPattern: Sendable {
    package enum Finding: Hashable, Sendable {
        case found
        case notFound
        /// It took too many steps.
        case givenUp
    }

    /// How many steps a search may take: a second or two.
    private static let stepsMax = 50_000_000

    /// Compiled once and never changed, which PCRE lets any number of threads use.
    private nonisolated(unsafe) let code: OpaquePointer
    private let hasGivenUp = Atomic(false)
    /// The steps of all searches for whole lines together: an output has many.
    private let stepsOfLines = Atomic(0)

    /// - Returns: nil for a text that is none.
    package init?(_ text: String) {
        let options = UInt32(
            PCRE2_UTF | PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT
        )
        var number: Int32 = 0
        var offset = 0
        let bytes = Array(text.utf8)
        guard let code = pcre2_compile_8(bytes, bytes.count, options, &number, &offset, nil) else {
            return nil
        }
        self.code = code
    }

    deinit { pcre2_code_free_8(code) }

    /// Looks for it in a text; `^` and `$` are the ends of lines.
    package func find(in text: String) -> Finding {
        var steps = 0
        return match(text, options: 0, &steps)
    }

    /// Holds it against all of a text.
    package func matchWhole(_ text: String) -> Finding {
        var steps = stepsOfLines.load(ordering: .relaxed)
        defer { stepsOfLines.store(steps, ordering: .relaxed) }
        return match(text, options: UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_ENDANCHORED), &steps)
    }

    private func match(_ text: String, options: UInt32, _ steps: inout Int) -> Finding {
        guard !hasGivenUp.load(ordering: .relaxed) else { return .givenUp }
        guard let data = pcre2_match_data_create_8(1, nil), let context = pcre2_match_context_create_8(nil)
        else { return .givenUp }
        defer {
            pcre2_match_data_free_8(data)
            pcre2_match_context_free_8(context)
        }
        pcre2_set_match_limit_8(context, .max)
        pcre2_set_heap_limit_8(context, 64 << 10)
        let result = withUnsafeMutablePointer(to: &steps) { steps in
            pcre2_set_callout_8(context, Self.count, steps)
            var text = text
            return text.withUTF8 { bytes in
                // A string is UTF-8 already.
                let options = options | UInt32(PCRE2_NO_UTF_CHECK)
                return pcre2_match_8(code, bytes.baseAddress, bytes.count, 0, options, data, context)
            }
        }
        if result >= 0 { return .found }
        if result == PCRE2_ERROR_NOMATCH { return .notFound }
        hasGivenUp.store(true, ordering: .relaxed)
        return .givenUp
    }

    /// Called at each step of a search; ends it when there were too many.
    private static let count:
        @convention(c) (UnsafeMutablePointer<pcre2_callout_block_8>?, UnsafeMutableRawPointer?) -> Int32 = {
            _,
            steps in
            guard let steps = steps?.assumingMemoryBound(to: Int.self) else { return 0 }
            steps.pointee += 1
            return steps.pointee > stepsMax ? PCRE2_ERROR_CALLOUT : 0
        }
}
