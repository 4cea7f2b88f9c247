import Glibc

/// The system's own words for an error number.
package enum SystemWords {
    package static func of(_ number: Int32) -> String {
        String(cString: strerror(number)).lowercased() + " (errno \(number))"
    }
}
