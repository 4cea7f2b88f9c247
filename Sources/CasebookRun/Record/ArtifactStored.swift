package import CasebookDocument

/// A file that a cell left and that the record has taken.
package struct ArtifactStored: RunFact {
    package static let kind = "artifact-stored"
    package var item: ItemID
    package var attempt: Int
    /// Where it was: relative to the folder that the patterns are relative to, or absolute when they are.
    package var path: String
    /// SHA-256 of the file, in hexadecimal; nil when it was not taken.
    package var digest: String?
    /// The bytes; `lost` says why they were not taken.
    package var content: StoredOutput
    /// True for a picture that the document shows; `path` is then its name in the document's folder for them.
    package var isPicture: Bool?

    package init(
        item: ItemID,
        attempt: Int,
        path: String,
        digest: String?,
        content: StoredOutput,
        isPicture: Bool? = nil
    ) {
        self.isPicture = isPicture
        self.item = item
        self.attempt = attempt
        self.path = path
        self.digest = digest
        self.content = content
    }
}
