import Foundation

/// The `casebook` that was built together with the tests.
package enum BuiltBinary {
    /// Its absolute path: beside the test bundle, whatever the build folder is called.
    package static let path: String = {
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        return bundle.deletingLastPathComponent().appendingPathComponent("casebook").path
    }()

    /// The package's own folder, found from this file.
    package static let packageFolder: String = {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
    }()
}
