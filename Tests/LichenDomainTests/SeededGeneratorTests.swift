import LichenTestSupport
import Testing

@Suite("SeededGenerator")
struct SeededGeneratorTests {
  @Test("gives the published values of SplitMix64 for seed 1234567")
  func referenceValues() {
    // Rosetta Code, "Pseudo-random numbers/Splitmix64", first five values of seed 1234567; exact.
    var random = SeededGenerator(seed: 1_234_567)
    let values = (1...5).map { _ in random.next() }
    #expect(
      values == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("a shuffle keeps every value and a seed repeats it")
  func shuffle() {
    var first = SeededGenerator(seed: 3)
    var second = SeededGenerator(seed: 3)
    let values = Array(0..<50)
    let shuffled = first.shuffled(values)
    #expect(shuffled == second.shuffled(values))
    #expect(shuffled != values)
    #expect(shuffled.sorted() == values)
  }
}
