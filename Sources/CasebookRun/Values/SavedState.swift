/// What a live session would need to be started again where it stood.
///
/// Only the difference from the session's start, never with a secret in it: inherited variables come from
/// whoever resumes.
package struct SavedState: Hashable, Sendable, Codable {
    /// Code in the session's own language that restores it.
    package let restoreCode: [UInt8]
    /// What could not be saved, as short phrases for people: `background jobs`, `variable TOKEN holds a secret`.
    package let lost: [String]

    package init(restoreCode: [UInt8], lost: [String]) {
        self.restoreCode = restoreCode
        self.lost = lost
    }
}
