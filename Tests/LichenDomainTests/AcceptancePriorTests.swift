import LichenDomain
import LichenTestSupport
import Testing

@Suite("How often proposals are carried out")
struct AcceptancePriorTests {
  @Test("Beta distributions: mean and deviation by the textbook, own counts add up")
  func textbook() {
    // Beta(2, 6): mean 1/4, variance 2·6/(64·9) = 1/48.
    let prior = AcceptancePrior(id: "x", name: "x", alpha: 2, beta: 6, confidence: .estimated)
    #expect(abs(prior.mean - 0.25) < 1e-12)
    #expect(abs(prior.deviation * prior.deviation - 1.0 / 48) < 1e-12)
    let learnt = prior.learning(done: 3, dropped: 1)
    #expect(learnt.alpha == 5 && learnt.beta == 7)
  }

  @Test("The shipped priors follow from the published counts")
  func shipped() throws {
    let priors = try Repository.engine.acceptancePriors()
    // 217 of 603 measures; Jeffreys' prior adds a half to either side.
    let recp = try #require(priors.first { $0.id == "recp-acceptance" })
    #expect(recp.alpha == 217.5 && recp.beta == 603 - 217 + 0.5)
    #expect(priors.allSatisfy { $0.confidence == .estimated })
  }
}
