// swift-tools-version: 6.2
import PackageDescription

// Targets stand in the order of the house's floors, ground floor first; a target may depend only on targets above its own
// section in this file. Within a list, entries are alphabetical, one a line.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// For what owns the screen: its state has one owner, the main actor, and the compiler proves it.
let strictOnMainActor: [SwiftSetting] = strict + [.defaultIsolation(MainActor.self)]

let package = Package(
    name: "Fathom",
    products: [
        .executable(name: "fathom", targets: ["fathom"]),
        .executable(name: "FathomBenchmarks", targets: ["FathomBenchmarks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.32.0"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // MARK: Floor 0
        .target(name: "CNcurses"),
        .systemLibrary(name: "CZlib"),
        .target(
            name: "KubernetesModel",
            dependencies: [
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict
        ),

        // MARK: Floor 1
        .target(name: "KubernetesSemantics", dependencies: ["KubernetesModel"], swiftSettings: strict),
        .target(name: "TextUI", swiftSettings: strict),

        // MARK: Floor 2
        .target(name: "CursesTerminal", dependencies: ["CNcurses", "TextUI"], swiftSettings: strictOnMainActor),
        .target(
            name: "KubernetesClient",
            dependencies: [
                "KubernetesModel",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "SimulatedCluster",
            dependencies: [
                "CZlib",
                "KubernetesModel",
                "KubernetesSemantics",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            exclude: ["Data"],
            swiftSettings: strict,
            plugins: ["EmbedFiles"]
        ),

        // MARK: Floor 3
        .target(
            name: "Labs",
            dependencies: ["KubernetesClient", "KubernetesModel", "KubernetesSemantics"],
            exclude: ["Data"],
            swiftSettings: strict,
            plugins: ["EmbedFiles"]
        ),
        .target(
            name: "ResourceTables",
            dependencies: [
                "KubernetesClient",
                "KubernetesModel",
                "KubernetesSemantics",
            ],
            swiftSettings: strict
        ),
        .target(
            name: "SimulatedClusterServer",
            dependencies: [
                "CZlib",
                "KubernetesModel",
                "SimulatedCluster",
                .product(name: "NIOConcurrencyHelpers", package: "swift-nio"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Troubleshooting",
            dependencies: ["KubernetesClient", "KubernetesModel", "KubernetesSemantics"],
            swiftSettings: strict
        ),

        // MARK: Floor 4
        .target(
            name: "Explorer",
            dependencies: [
                "CZlib",
                "CursesTerminal",
                "KubernetesClient",
                "KubernetesModel",
                "KubernetesSemantics",
                "ResourceTables",
                "TextUI",
                "Troubleshooting",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strictOnMainActor,
            plugins: ["EmbedFiles"]
        ),

        // MARK: Floor 5
        .executableTarget(
            name: "fathom",
            dependencies: [
                "CursesTerminal",
                "Explorer",
                "KubernetesClient",
                "KubernetesModel",
                "Labs",
                "ResourceTables",
                "SimulatedCluster",
                "SimulatedClusterServer",
                "Troubleshooting",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "FathomBenchmarks",
            dependencies: ["KubernetesClient", "KubernetesModel", "ResourceTables", "SimulatedCluster"],
            path: "Benchmarks/FathomBenchmarks",
            swiftSettings: strict
        ),

        // MARK: Plugins
        .executableTarget(name: "EmbedFilesTool", path: "Plugins/EmbedFilesTool", swiftSettings: strict),
        .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["EmbedFilesTool"]),

        // MARK: Tests
        .testTarget(name: "KubernetesModelTests", dependencies: ["KubernetesModel"], swiftSettings: strict),
        .testTarget(name: "KubernetesSemanticsTests", dependencies: ["KubernetesModel", "KubernetesSemantics"], swiftSettings: strict),
        .testTarget(name: "TextUITests", dependencies: ["TextUI"], swiftSettings: strict),
        .testTarget(
            name: "KubernetesClientTests",
            dependencies: ["KubernetesClient", "KubernetesModel", "SimulatedCluster", "SimulatedClusterServer"], swiftSettings: strict),
        .testTarget(
            name: "SimulatedClusterTests",
            dependencies: [
                "KubernetesModel", "KubernetesSemantics", "SimulatedCluster", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1"), .product(name: "X509", package: "swift-certificates"),
            ], swiftSettings: strict),
        .testTarget(
            name: "SimulatedClusterServerTests",
            dependencies: [
                "CZlib", "KubernetesModel", "SimulatedCluster", "SimulatedClusterServer", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOWebSocket", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "ResourceTablesTests", dependencies: ["KubernetesClient", "KubernetesModel", "KubernetesSemantics", "ResourceTables"],
            swiftSettings: strict),
        .testTarget(
            name: "TroubleshootingTests",
            dependencies: ["KubernetesClient", "KubernetesModel", "SimulatedCluster", "SimulatedClusterServer", "Troubleshooting"],
            swiftSettings: strict),
        .testTarget(
            name: "LabsTests", dependencies: ["KubernetesClient", "KubernetesModel", "Labs", "SimulatedCluster", "SimulatedClusterServer"],
            swiftSettings: strict),
        .testTarget(
            name: "ExplorerTests",
            dependencies: [
                "Explorer", "KubernetesClient", "KubernetesModel", "ResourceTables", "SimulatedCluster", "SimulatedClusterServer", "TextUI",
                "Troubleshooting",
            ], swiftSettings: strictOnMainActor),
        .testTarget(
            name: "ConformanceTests",
            dependencies: ["KubernetesModel", "SimulatedCluster", "SimulatedClusterServer"],
            path: "Tests/Conformance",
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "EndToEndTests", dependencies: ["KubernetesClient", "KubernetesModel"], path: "Tests/EndToEnd",
            exclude: ["Clients/Python"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
