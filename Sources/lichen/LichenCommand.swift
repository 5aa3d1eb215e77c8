import ArgumentParser
import Foundation
import LichenEngine

/// The command `lichen`.
@main
struct LichenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lichen",
    abstract: "Finds which enterprise's by-products can replace what another one buys.",
    discussion: """
      Lichen reads what the enterprises of a park give off and what they buy, finds every possible \
      exchange, checks it against the law, and plans the network that is worth most, with a proof.

      EXAMPLES
        lichen new my-park                            an empty park to fill in
        lichen new --xlsx my-park.xlsx                the same as an Excel workbook
        lichen sketch list.csv -o my-park             a park from names, sectors and sizes
        lichen check my-park                          what is wrong with it, all at once
        lichen classify my-park                       what unknown words may mean
        lichen match my-park -o result                plan and report: result/report.html
        lichen verify result/plan.json                re-add the plan from the declarations
        lichen compare my-park                        scenarios side by side
        lichen board my-park -o pack                  every question a board asks, in one report
        lichen export my-park --format mps -o p.mps   the problem for another solver
        lichen bench --set short                      algorithms side by side
        lichen catalogue rice husk                    what is known about a material
        lichen serve                                  the what-if room in a browser
        lichen shard my-region -o work --units 64     a plan in units for many machines

      EXIT CODES
        0 done   1 internal error   3 no plan exists   64 wrong usage   65 bad data
        130 interrupted
      """,
    version: Engine.version,
    subcommands: [
      NewCommand.self,
      ConvertCommand.self,
      SketchCommand.self,
      FillCommand.self,
      CheckCommand.self,
      ClassifyCommand.self,
      CandidatesCommand.self,
      OptionsCommand.self,
      MatchCommand.self,
      ReportCommand.self,
      WhatIfCommand.self,
      CompareCommand.self,
      ParetoCommand.self,
      AlternativesCommand.self,
      StressCommand.self,
      UncertaintyCommand.self,
      ShareCommand.self,
      BarriersCommand.self,
      ShadowCommand.self,
      FinanceCommand.self,
      RoadmapCommand.self,
      PeriodsCommand.self,
      IndicatorsCommand.self,
      MonitorCommand.self,
      ConflictsCommand.self,
      BoardCommand.self,
      ReconcileCommand.self,
      SurveyCommand.self,
      VerifyCommand.self,
      ExportCommand.self,
      BenchCommand.self,
      LawCommand.self,
      CatalogueCommand.self,
      ServeCommand.self,
      BackupCommand.self,
      ShardCommand.self,
      WorkCommand.self,
      MergeCommand.self,
      ClusterCommand.self,
    ])

  static func main() {
    Interruption.install()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Failure.exit(with: error, command: Self.self)
    }
  }
}
