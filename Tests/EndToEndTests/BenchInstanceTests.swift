import Foundation
import LichenTestSupport
import Testing

/// `lichen bench generate`, `check` and `convert` as a user runs them.
struct BenchInstanceTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-bench-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  @Test("An instance is made, checked and turned into programs for other solvers")
  func wholeWay() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let made = try CommandRun([
      "bench", "generate", "--family", "clustered", "--enterprises", "50", "--seed", "3",
      "--variant", "BC", "-o", path("c50"),
    ])
    #expect(made.status == 0, "\(made.error)")
    let checked = try CommandRun(["bench", "check", path("c50")])
    #expect(checked.status == 0 && checked.output == made.output)
    for target in ["c50.mps", "c50.lp"] {
      let run = try CommandRun(["bench", "convert", path("c50"), "-o", path(target)])
      #expect(run.status == 0, "\(run.error)")
      #expect(FileManager.default.fileExists(atPath: path(target)))
    }
    // What is there is not replaced unasked.
    let twice = try CommandRun([
      "bench", "generate", "--family", "dense", "--enterprises", "5", "--seed", "1", "-o",
      path("c50"),
    ])
    #expect(twice.status == 64)
  }

  @Test("A park and a classical text become instances")
  func conversions() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let park = try CommandRun([
      "bench", "convert", "data/parks/kalundborg", "-o", path("park"), "--partners", "2",
    ])
    #expect(park.status == 0, "\(park.error)")
    #expect(try CommandRun(["bench", "check", path("park")]).output.contains("at most 2 partners"))
    try "1 1\n5\n4\n1 1 2 3\n".write(
      toFile: path("t.txt"), atomically: true, encoding: .utf8)
    let text = try CommandRun([
      "bench", "convert", path("t.txt"), "--form", "transportation", "--best-cost", "11",
      "--proved-by", "hand", "-o", path("t"),
    ])
    #expect(text.status == 0, "\(text.error)")
    #expect(try CommandRun(["bench", "check", path("t")]).output.contains("best known −11.00"))
  }

  @Test("Bad data end with 65, wrong usage with 64, both with a reason")
  func faults() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try "1 1\n5\nfour\n1 1 2 3\n".write(
      toFile: path("t.txt"), atomically: true, encoding: .utf8)
    let text = try CommandRun([
      "bench", "convert", path("t.txt"), "--form", "transportation", "-o", path("t"),
    ])
    #expect(text.status == 65 && text.error.contains("t.txt, row 3"))
    let nowhere = try CommandRun(["bench", "check", path("nowhere")])
    #expect(nowhere.status == 65 && nowhere.error.contains("missing folder"))
    let letters = try CommandRun([
      "bench", "generate", "--family", "clustered", "--enterprises", "50", "--seed", "3",
      "--variant", "AX", "-o", path("x"),
    ])
    #expect(letters.status == 64 && letters.error.contains("--variant"))
    let size = try CommandRun([
      "bench", "generate", "--family", "dense", "--enterprises", "12x21", "--seed", "3", "-o",
      path("x"),
    ])
    #expect(size.status == 64 && size.error.contains("--enterprises"))
  }
}
