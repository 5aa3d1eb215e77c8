import Foundation
import Hummingbird
import HummingbirdTesting
import LichenBench
import LichenStore
import LichenTestSupport
import Testing

@testable import LichenServer

/// The page of the benchmark.
@Suite struct BenchmarkRoutesTests {
  @Test func aResearcherSeesEverySetWithWhatIsKnownAndTakesItAlong() async throws {
    let fixture = try ServerFixture()
    try await fixture.add(park: "deep-c")
    let ada = try await fixture.browser(.researcher)
    try await fixture.test { client in
      #expect(try await client.get("/", ada).text.contains("href=\"/benchmarks\""))
      let page = try await client.get("/benchmarks", ada).text
      for name in ["full", "reach", "short"] {
        let file = Repository.root.appendingPathComponent("Benchmarks/sets/\(name).txt")
        let set = try BenchmarkSet(path: file.path)
        for instance in set.instances { #expect(page.contains(">\(instance.name)</th>")) }
        let given = try await client.get("/benchmarks/\(name).txt", ada)
        #expect(try given.text == String(contentsOf: file, encoding: .utf8))
      }
      // Balinski's example and its optimum, and one that nobody has solved.
      let row = #/<th scope="row">bk4x3<\/th>.*?<\/tr>/#
      let solved = try #require(page.firstMatch(of: row)?.output)
      #expect(solved.contains(">−350</td>") && solved.contains("optimal"))
      #expect(page.contains("%</td>"))
      // Known from another file than that of its set.
      let location = #/<th scope="row">cap101<\/th>.*?<\/tr>/#
      #expect(try #require(page.firstMatch(of: location)?.output).contains(">−796,648.438</td>"))
      #expect(try await client.get("/benchmarks/short.known", ada).status == .ok)
      for name in ["nothing.txt", "..%2FREADME.md", "short"] {
        #expect(try await client.get("/benchmarks/\(name)", ada).status == .notFound, "\(name)")
      }
      let board = try await fixture.browser(.board, park: "deep-c")
      #expect(!(try await client.get("/", board).text.contains("href=\"/benchmarks\"")))
    }
  }

  @Test func theBenchmarkIsFoundInTheSourcesAndWhereItIsInstalled() throws {
    try Repository.inFolder { folder in
      #expect(BenchmarkFolder(near: [folder]) == nil)
      let installed = folder.appendingPathComponent("share/lichen/Benchmarks")
      try FileManager.default.createDirectory(
        at: installed.appendingPathComponent("sets"), withIntermediateDirectories: true)
      try Data("generate clustered 4 1 A\n".utf8).write(
        to: installed.appendingPathComponent("sets/tiny.txt"))
      let program = folder.appendingPathComponent("bin")
      let found = try #require(BenchmarkFolder(near: [program]))
      #expect(found.url.path == installed.path)
      let data = folder.appendingPathComponent("share/lichen")
      #expect(BenchmarkFolder(near: [data])?.url.path == installed.path)
      let instance = try #require(try found.instances().first)
      #expect(instance.reference.name == "clustered-4-1-A" && instance.sets == ["tiny"])
      #expect(!instance.isProved && instance.gap == nil)
    }
    #expect(
      BenchmarkFolder(near: [Repository.data])?.url.lastPathComponent == "Benchmarks")
  }
}
