// swift-tools-version: 6.2
// Targets stand in ring order: a target imports only rings below it, siblings never import each other.
import PackageDescription

/// What every Swift target is built with.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// A Swift target of one ring.
func ring(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one target.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "casebook",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // 0: the C boundary.
        .systemLibrary(
            name: "CMarkGFM",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]
        ),
        .systemLibrary(name: "CPCRE2", providers: [.apt(["libpcre2-dev"])]),
        .target(name: "CTerminal", cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
        .target(
            name: "CScreen",
            cSettings: [.unsafeFlags(["-Wall", "-Wextra", "-Werror"])],
            linkerSettings: [.linkedLibrary("vterm")]
        ),

        // 1: bytes in, runbook out.
        ring("CasebookDocument", ["CMarkGFM", "CPCRE2", .product(name: "Yams", package: "Yams")]),

        // 2: the core, which decides and does nothing.
        ring("CasebookRun", ["CScreen", "CasebookDocument"]),

        // 3: use cases.
        ring("CasebookEngine", ["CasebookDocument", "CasebookRun"]),
        ring("CasebookReport", ["CasebookDocument", "CasebookRun"]),
        ring("CasebookLibrary", ["CasebookDocument"]),

        // 4: adapters.
        ring(
            "CasebookStore",
            [
                "CasebookRun",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]
        ),
        ring("CasebookSessions", ["CTerminal", "CasebookRun"]),

        // 5: front ends.
        ring("CasebookTerminal", ["CasebookDocument", "CasebookRun"]),

        // 6: the executable, which connects them.
        .executableTarget(
            name: "casebook",
            dependencies: [
                "CTerminal", "CasebookDocument", "CasebookRun", "CasebookEngine", "CasebookReport",
                "CasebookLibrary", "CasebookStore", "CasebookSessions", "CasebookTerminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict
        ),

        // Tests only.
        ring("CasebookSimulation", ["CasebookDocument", "CasebookRun"]),
        .target(
            name: "CasebookTestSupport",
            dependencies: ["CasebookSessions"],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "CasebookDocumentTests",
            dependencies: ["CasebookDocument", "CasebookSimulation"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        tests("CasebookRunTests", ["CasebookDocument", "CasebookRun", "CasebookSimulation"]),
        tests(
            "CasebookEngineTests",
            ["CasebookDocument", "CasebookRun", "CasebookEngine", "CasebookSimulation"]
        ),
        tests(
            "CasebookStoreTests",
            ["CasebookDocument", "CasebookRun", "CasebookSimulation", "CasebookStore"]
        ),
        tests(
            "CasebookSessionsTests",
            ["CTerminal", "CasebookDocument", "CasebookRun", "CasebookSessions", "CasebookTestSupport"]
        ),
        tests(
            "CasebookReportTests",
            ["CasebookDocument", "CasebookRun", "CasebookReport", "CasebookSimulation"]
        ),
        .testTarget(
            name: "CasebookLibraryTests",
            dependencies: ["CasebookDocument", "CasebookLibrary", "CasebookSimulation", "CasebookTerminal"],
            exclude: ["Fixtures"],
            swiftSettings: strict
        ),
        tests("TidyTests", []),
        tests("NotebookTests", ["casebook", "CasebookTestSupport"]),
        tests("CommandTests", ["casebook", "CasebookSimulation", "CasebookTestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)

// `make fuzz` and `make bench` build these, in folders of their own; nothing else does.
let tools = [
    "CASEBOOK_FUZZ": ("document-fuzz", "Fuzz/Document"),
    "CASEBOOK_BENCH": ("document-bench", "Benchmarks/Document"),
]
for (variable, (name, path)) in tools where Context.environment[variable] != nil {
    package.targets.append(
        .executableTarget(
            name: name,
            dependencies: ["CasebookDocument", "CasebookSimulation"],
            path: path,
            swiftSettings: strict
        )
    )
}
