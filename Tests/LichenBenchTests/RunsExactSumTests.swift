import Foundation
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Exact sums")
struct ExactSumTests {
  @Test("what rounding loses is kept")
  func cancellation() {
    var sum = ExactSum()
    sum.add(1e300)
    sum.add(1)
    sum.subtract(1e300)
    #expect(sum.rounded == 1)
    #expect(sum.text == "0x1p0" || sum.sign == 1)
    sum.subtract(1)
    #expect(sum.sign == 0)
    sum.add(.leastNonzeroMagnitude, times: .leastNonzeroMagnitude)
    #expect(sum.sign == 1)
    sum.clear()
    sum.subtract(.greatestFiniteMagnitude, times: .greatestFiniteMagnitude)
    #expect(sum.sign == -1)
    #expect(sum.rounded == -.infinity)
  }

  @Test(
    "agrees with Python's fractions on every scale",
    .enabled(if: Repository.command("python3") != nil))
  func fractions() throws {
    var random = SeededGenerator(seed: 11)
    var lines: [String] = []
    var sums: [ExactSum] = []
    for _ in 0..<300 {
      var sum = ExactSum()
      var line: [String] = []
      for _ in 0..<random.whole(in: 1...12) {
        let values = (0..<2).map { _ in Self.nasty(&random) }
        sum.add(values[0], times: values[1])
        line.append("\(values[0].bitPattern):\(values[1].bitPattern)")
      }
      sums.append(sum)
      lines.append(line.joined(separator: " "))
    }
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("sums.txt")
    let told = zip(lines, sums).map { "\($0)|\($1.text)|\($1.rounded.bitPattern)" }
    try Data(told.joined(separator: "\n").utf8).write(to: file)
    let judge = try #require(Repository.command("python3"))
    let outcome = try Repository.run(
      judge, [Repository.root.appendingPathComponent("Tests/judges/exact.py").path, file.path])
    #expect(outcome.output == "300 sums agree\n", "\(outcome.output)\(outcome.error)")
  }

  /// Numbers of all sizes, whole ones, halves and neighbours of powers of two among them.
  private static func nasty(_ random: inout SeededGenerator) -> Double {
    switch random.whole(in: 0...4) {
    case 0: Double(random.whole(in: -9...9))
    case 1: Double(bitPattern: random.next() & 0x800F_FFFF_FFFF_FFFF)
    case 2: scalbn(random.number(in: -1...1), random.whole(in: -1000...490))
    case 3: scalbn(1, random.whole(in: -60...60)).nextUp * (random.chance(0.5) ? 1 : -1)
    default: random.number(in: -1e12...1e12)
    }
  }
}
