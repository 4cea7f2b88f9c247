import CPCRE2
import Glibc
import Synchronization

/// A regular expression that an author wrote, in the syntax of PCRE (`pcre2pattern(3)`).
///
/// There are short ones that take longer than the universe on a short text. So each search has a time limit, and one
/// that has reached it once is not tried again.
package final class TextPattern: Sendable {
    package enum Finding: Hashable, Sendable {
        case found
        case notFound
        /// Its time was over.
        case givenUp
    }

    /// How long a search may take.
    package static let limit = Duration.seconds(2)

    /// Compiled once and never changed, which PCRE lets any number of threads use.
    private nonisolated(unsafe) let code: OpaquePointer
    private let hasGivenUp = Atomic(false)

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
    package func find(in text: String) -> Finding { match(text, options: 0) }

    /// Holds it against all of a text.
    package func matchWhole(_ text: String) -> Finding {
        match(text, options: UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_ENDANCHORED))
    }

    /// When a search is to end, which is looked at again and again.
    private struct Watch {
        let end: Int64
        var steps = 0
    }

    private func match(_ text: String, options: UInt32) -> Finding {
        guard !hasGivenUp.load(ordering: .relaxed) else { return .givenUp }
        guard let data = pcre2_match_data_create_8(1, nil), let context = pcre2_match_context_create_8(nil)
        else { return .givenUp }
        defer {
            pcre2_match_data_free_8(data)
            pcre2_match_context_free_8(context)
        }
        pcre2_set_match_limit_8(context, .max)
        pcre2_set_heap_limit_8(context, 64 << 10)
        var watch = Watch(end: Self.milliseconds() + 1000 * Self.limit.components.seconds)
        let result = withUnsafeMutablePointer(to: &watch) { watch in
            pcre2_set_callout_8(context, Self.look, watch)
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

    /// Called at each step of a search; ends it when its time is over.
    private static let look:
        @convention(c) (
            UnsafeMutablePointer<pcre2_callout_block_8>?, UnsafeMutableRawPointer?
        ) -> Int32 = { _, watch in
            guard let watch = watch?.assumingMemoryBound(to: Watch.self) else { return 0 }
            watch.pointee.steps += 1
            guard watch.pointee.steps % 16 == 0, milliseconds() > watch.pointee.end else { return 0 }
            return PCRE2_ERROR_CALLOUT
        }

    private static func milliseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }
}
