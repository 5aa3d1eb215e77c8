// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// A library target of this package; imports point one way, from domain to command.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["LichenTestSupport"], exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "Lichen",
  products: [
    .executable(name: "lichen", targets: ["lichen"]),
    .executable(name: "lichen-server", targets: ["lichen-server"]),
    .library(name: "LichenEngine", targets: ["LichenEngine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    module("LichenDomain"),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CXMLReader", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    module(
      "LichenIO",
      [
        "LichenDomain", "CZip", "CXMLReader", "CXLSXWriter",
        .product(name: "Yams", package: "Yams"),
      ]),
    module("LichenSketch", ["LichenDomain"]),
    module("LichenWords", ["LichenDomain", .product(name: "GRDB", package: "GRDB.swift")]),
    module("LichenLaw", ["LichenDomain"]),
    module("LichenGraph", ["LichenDomain", "LichenLaw"]),
    module("LichenPlanning"),
    module("LichenMatching", ["LichenDomain", "LichenLaw", "LichenGraph", "LichenPlanning"]),
    .target(
      name: "CGLPK",
      cSettings: [
        .enableWarning("all"), .enableWarning("extra"), .treatAllWarnings(as: .error),
      ],
      linkerSettings: [.linkedLibrary("glpk")]),
    module("LichenAnalysis", ["LichenDomain", "LichenGraph", "LichenPlanning", "LichenMatching"]),
    module("GLPKSolver", ["CGLPK", "LichenPlanning"]),
    module("ExternalSolvers", ["LichenPlanning"]),
    module("LichenBench", ["LichenDomain", "LichenIO", "LichenPlanning"]),
    module(
      "LichenCluster",
      [
        "LichenDomain", "LichenIO", "LichenPlanning", "LichenBench",
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    module(
      "LichenReport",
      [
        "LichenDomain", "LichenIO", "LichenLaw", "LichenGraph", "LichenPlanning",
        "LichenMatching", "LichenAnalysis",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    module(
      "LichenEngine",
      [
        "LichenDomain", "LichenIO", "LichenSketch", "LichenLaw", "LichenGraph", "LichenPlanning",
        "LichenMatching", "LichenAnalysis", "LichenReport", "LichenWords", "GLPKSolver",
        "LichenBench", "LichenCluster",
      ]),
    module(
      "LichenStore",
      [
        "LichenDomain", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ]),
    module(
      "LichenServer",
      [
        "LichenStore", "LichenDomain", "LichenIO", "LichenGraph", "LichenPlanning",
        "LichenMatching", "LichenAnalysis", "LichenReport", "LichenBench", "LichenEngine",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ]),
    .executableTarget(
      name: "lichen-server",
      dependencies: [
        "LichenServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "lichen",
      dependencies: [
        "LichenDomain", "LichenIO", "LichenSketch", "LichenLaw", "LichenGraph", "LichenPlanning",
        "LichenMatching", "LichenAnalysis", "LichenReport", "LichenWords", "LichenEngine",
        "LichenStore", "ExternalSolvers", "LichenBench", "LichenCluster", "GLPKSolver",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .target(
      name: "LichenTestSupport", dependencies: ["LichenEngine"], path: "Tests/LichenTestSupport",
      swiftSettings: strict),
    tests("LichenDomainTests", ["LichenDomain"]),
    tests("LichenIOTests", ["LichenIO", "CZip"]),
    tests("LichenSketchTests", ["LichenSketch"]),
    tests("LichenLawTests", ["LichenLaw", "LichenIO"], exclude: ["WorkedCases.csv"]),
    tests("LichenWordsTests", ["LichenWords"]),
    tests("LichenGraphTests", ["LichenGraph"]),
    tests(
      "LichenPlanningTests",
      ["LichenPlanning", "LichenMatching", "LichenBench", "GLPKSolver", "ExternalSolvers"]),
    tests("GLPKSolverTests", ["GLPKSolver", "CGLPK", "ExternalSolvers"]),
    tests("LichenAnalysisTests", ["LichenAnalysis", "GLPKSolver"]),
    tests("LichenBenchTests", ["LichenBench", "GLPKSolver"]),
    tests("LichenClusterTests", ["LichenCluster", "LichenBench", "GLPKSolver"]),
    tests("LichenReportTests", ["LichenReport", "LichenIO"]),
    tests("LichenStoreTests", ["LichenStore", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(
      "LichenServerTests",
      [
        "LichenServer", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]),
    tests("EndToEndTests", ["LichenEngine"]),
  ])
