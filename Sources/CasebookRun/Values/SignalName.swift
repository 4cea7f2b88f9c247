/// The names of the signals that end a process on Linux.
package enum SignalName {
    /// `SIGKILL` for 9; `signal 40` for one without a name.
    package static func of(_ signal: Int32) -> String {
        names[signal].map { "SIG\($0)" } ?? "signal \(signal)"
    }

    /// The generic numbers of signal(7).
    private static let names: [Int32: String] = [
        1: "HUP", 2: "INT", 3: "QUIT", 4: "ILL", 5: "TRAP", 6: "ABRT", 7: "BUS", 8: "FPE", 9: "KILL",
        10: "USR1", 11: "SEGV", 12: "USR2", 13: "PIPE", 14: "ALRM", 15: "TERM", 16: "STKFLT",
        24: "XCPU", 25: "XFSZ", 26: "VTALRM", 27: "PROF", 29: "IO", 30: "PWR", 31: "SYS",
    ]
}
