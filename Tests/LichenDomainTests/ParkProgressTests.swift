import LichenDomain
import LichenTestSupport
import Testing

@Suite("Progress of a park")
struct ParkProgressTests {
  private static func builder(_ rows: [(String, String, String)]) -> ParkBuilder {
    var park = Fixtures.ashPark
    park.exchange("link", from: "power", to: "cement", output: "ash-out", input: "clinker-in")
    var option = OptionRow(
      id: "dryer", enterprise: "cement", location: SourceLocation(file: "options.csv", row: 2))
    option.status = "done"
    park.declaration.options = [option]
    park.declaration.progress = rows.enumerated().map { index, text in
      var row = ProgressRow(
        subject: text.0, location: SourceLocation(file: "progress.csv", row: index + 2))
      row.status = text.1
      row.date = CalendarDate(text.2)
      return row
    }
    return park
  }

  @Test("stages stand in order of subject and day, whatever the order of rows")
  func order() throws {
    let park = try Self.builder([
      ("link", "running", "2021-05-01"), ("link", "identified", "2019-01-31"),
      ("dryer", "running", "2020-02-29"), ("link", "agreed", "2019-01-31"),
    ]).park()
    #expect(
      park.progress.map { "\($0.subject) \($0.status.rawValue) \($0.date)" } == [
        "dryer running 2020-02-29", "link identified 2019-01-31", "link agreed 2019-01-31",
        "link running 2021-05-01",
      ])
  }

  @Test("a stage never goes back, unless the subject stopped in between")
  func back() throws {
    let rows = [("link", "running", "2020-01-01"), ("link", "agreed", "2021-01-01")]
    let issue = try #require(Self.builder(rows).issues().first)
    #expect(issue.code == "status-order" && issue.location.row == 3)
    #expect(issue.hint?.contains("stopped") == true)
    let mended = rows + [("link", "stopped", "2020-06-30")]
    #expect(try Self.builder(mended).park().progress.count == 3)
    // Told twice is no step back.
    #expect(
      try Self.builder([rows[0], ("link", "running", "2022-01-01")]).park().progress.count == 2)
    #expect(Self.builder([rows[0], rows[0]]).issues().map(\.code) == ["duplicate-key"])
  }

  @Test("slips are told all at once, with the nearest spelling")
  func slips() {
    let issues = Self.builder([
      ("lnk", "running", "2020-01-01"), ("ash-out:clinkr-in", "built", "2020-01-01"),
      ("link", "runing", "2020-01-01"), ("link", "", "2020-02-30"),
    ]).issues()
    #expect(
      issues.map(\.code) == [
        "unknown-subject", "unknown-subject", "unknown-status", "missing-value", "missing-value",
      ])
    #expect(issues[0].hint?.contains("link") == true)
    #expect(issues[1].hint?.contains("clinker-in") == true)
    #expect(issues[2].hint?.contains("running") == true)
  }

  @Test("options.csv and progress.csv should say the same of a measure")
  func contradiction() {
    #expect(Self.builder([("dryer", "running", "2020-01-01")]).issues().isEmpty)
    let issues = Self.builder([("dryer", "agreed", "2020-01-01")]).issues()
    #expect(issues.map(\.code) == ["status-differs"])
    #expect(issues.first?.severity == .warning)
  }

  @Test(
    "the old words of measures have their stage",
    arguments: [
      (MeasureStatus.proposed, ProgressStatus.identified), (.planned, .agreed),
      (.building, .permitted), (.done, .running), (.stopped, .stopped), (.rejected, .stopped),
    ])
  func mapping(old: MeasureStatus, stage: ProgressStatus) {
    #expect(ProgressStatus(old) == stage)
  }
}
