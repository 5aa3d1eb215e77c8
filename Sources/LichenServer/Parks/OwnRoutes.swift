import Foundation
import Hummingbird
import LichenDomain
import LichenEngine
import LichenMatching
import LichenReport
import LichenStore

/// An enterprise's own page: what it declared, its exchanges, who asks to know it.
struct OwnRoutes: Sendable {
  let store: Store
  let pages: Pages
  let parks: Parks

  func add(to router: RouterGroup<Visit>) {
    router.get("parks/:park/own", use: own)
    router.post("parks/:park/own/ask", use: ask)
    router.post("parks/:park/own/answer", use: answer)
    router.get("parks/:park/own/:enterprise/:format", use: report)
  }

  struct OwnView {
    struct Stream {
      let streamName: String
      let direction: String
      let material: String
      let declared: String
    }

    struct Exchange {
      let rank: String
      let pair: String
      let stream: String
      let quantity: String
      let money: String
      let carbon: String
      let lawClass: String
      let lawLine: String
      let lawWord: String
      /// How to ask the partner to be named; none where they are, or were asked.
      let ask: [String]
      let isAsked: Bool
    }

    struct Firm {
      let firm: String
      let firmName: String
      let streams: [Stream]
      let exchanges: [Exchange]
      let hasNone: Bool
      let moneyHead: String
      let carbonHead: String
      let hasPlan: Bool
    }

    struct Request {
      let id: String
      let requestText: String
      let canAccept: Bool
      let canDecline: Bool
      let isAccepted: Bool
    }

    let name: String
    let firms: [Firm]
    let requests: [Request]
    let hasRequests: Bool
    let run: String
  }

  @Sendable private func own(_ request: Request, _ visit: Visit) async throws -> Response {
    let (desk, name, ids) = try await place(visit)
    let language = pages.language(visit)
    let agreements = try await desk.agreements(of: name)
    let version = try await desk.content(of: name)
    let latest = try? await desk.plan(of: name)
    let agreed = try await desk.agreed(in: name)
    let parks = parks
    let view = try await BlockingWork.shared.run { () -> OwnView in
      let park = try parks.park(version.version, content: version.content)
      let result = try latest.map {
        try parks.result($0.run, plan: $0.plan, content: $0.content, agreed: agreed)
      }
      let firms = try ids.compactMap { EnterpriseID($0) }.map {
        try Self.firm($0, park, result, agreements, language)
      }
      let requests = agreements.map { Self.request($0, park, language) }
      return OwnView(
        name: name, firms: firms, requests: requests, hasRequests: !requests.isEmpty,
        run: latest?.run.id ?? "")
    }
    return pages.page("own", view, title: language.text("serve.own"), visit, styles: ["own.css"])
  }

  /// The park's name and the viewer's enterprises in it.
  private func place(_ visit: Visit) async throws -> (desk: Desk, name: String, ids: [String]) {
    let desk = Desk(store, for: try visit.signedIn())
    let name = try visit.parameters.require("park")
    guard case .enterprises(let ids) = try await desk.park(name).sight else {
      throw StoreError.notFound
    }
    return (desk, name, ids.sorted())
  }

  private static func firm(
    _ id: EnterpriseID, _ park: Park, _ result: MatchResult?, _ agreements: [Agreement],
    _ language: Language
  ) throws -> OwnView.Firm {
    func material(_ id: MaterialID) -> String {
      park.material(id).map { language.name($0.names) } ?? id.rawValue
    }
    func streams(_ all: [some LichenDomain.Stream], _ direction: String) -> [OwnView.Stream] {
      all.filter { $0.enterprise == id }.map { stream in
        OwnView.Stream(
          streamName: stream.name.isEmpty ? stream.id.rawValue : language.term(stream.name),
          direction: language.text(direction), material: material(stream.material),
          declared: stream.quantity.map {
            language.text(
              "format.per-year",
              [
                "value": language.quantity(
                  $0.yearly.typical, unit: park.material(stream.material)?.referenceUnit.id ?? "")
              ])
          } ?? language.text("word.unknown"))
      }
    }
    var rows: ExchangeRows?
    var exchanges: [OwnView.Exchange] = []
    if let result, result.plan.park.enterprise(id) != nil {
      let edition = try Edition(.enterprise(id), of: result)
      let made = ExchangeRows(Report(edition, language: language))
      let partners = Partner.all(of: id, in: result, edition: edition)
      exchanges = made.rows.map { exchange($0, partners[$0.id], of: id, agreements) }
      rows = made
    }
    return OwnView.Firm(
      firm: id.rawValue, firmName: park.enterprise(id)?.name ?? id.rawValue,
      streams: streams(park.outputs, "serve.own.gives") + streams(park.inputs, "serve.own.takes"),
      exchanges: exchanges, hasNone: exchanges.isEmpty, moneyHead: rows?.moneyHead ?? "",
      carbonHead: rows?.carbonHead ?? "", hasPlan: rows != nil)
  }

  private static func exchange(
    _ row: ExchangeRows.Row, _ partner: Partner?, of id: EnterpriseID,
    _ agreements: [Agreement]
  ) -> OwnView.Exchange {
    let stream = partner?.stream.rawValue ?? ""
    let name = partner?.enterprise.rawValue
    let known = agreements.contains {
      $0.status == .accepted && ($0.asked == name || $0.asker == name)
    }
    let asked = agreements.contains {
      $0.status == .asked && $0.asker == id.rawValue && $0.about == stream
    }
    return OwnView.Exchange(
      rank: row.rank, pair: row.pair, stream: row.stream, quantity: row.quantity,
      money: row.money, carbon: row.carbon, lawClass: row.lawClass, lawLine: row.lawLine,
      lawWord: row.lawWord,
      ask: known || asked || partner == nil ? [] : [row.id], isAsked: asked)
  }

  private static func request(_ agreement: Agreement, _ park: Park, _ language: Language)
    -> OwnView.Request
  {
    func name(_ id: String?) -> String {
      id.map { id in park.enterprises.first { $0.id.rawValue == id }?.name ?? id }
        ?? language.text("serve.own.partner")
    }
    func stream(_ id: String) -> String {
      let all: [any LichenDomain.Stream] = park.outputs + park.inputs
      let name = all.first { $0.id.rawValue == id }?.name ?? ""
      return name.isEmpty ? id : language.term(name)
    }
    let key = agreement.isToMe ? "to-me" : "by-me"
    return OwnView.Request(
      id: agreement.id,
      requestText: language.text(
        "serve.own.\(key).\(agreement.status.rawValue)",
        [
          "firm": name(agreement.isToMe ? agreement.asker : agreement.asked),
          "stream": stream(agreement.about),
        ]),
      canAccept: agreement.isToMe && agreement.status != .accepted,
      canDecline: agreement.status != .declined, isAccepted: agreement.status == .accepted)
  }

  /// Asks the partner of an exchange of the plan, whom the form does not name.
  @Sendable private func ask(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let (desk, name, ids) = try await place(visit)
    let firm = form.text("firm")
    guard ids.contains(firm), let id = EnterpriseID(firm) else { throw StoreError.notFound }
    let latest = try await desk.plan(of: name)
    // Letters change with the plan: the form must be of this one.
    if latest.run.id != form.text("run") { throw StoreError.conflict("plan") }
    let agreed = try await desk.agreed(in: name)
    let parks = parks
    let asked = form.text("exchange")
    let found = try await BlockingWork.shared.run { () -> Partner? in
      let result = try parks.result(
        latest.run, plan: latest.plan, content: latest.content, agreed: agreed)
      return try Partner.find(asked, of: id, in: result)
    }
    guard let found else { throw StoreError.notFound }
    _ = try await desk.request(
      found.enterprise.rawValue, from: firm, about: found.stream.rawValue, in: name)
    return pages.redirect("/parks/\(name)/own")
  }

  @Sendable private func answer(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let (desk, name, _) = try await place(visit)
    _ = try await desk.answer(form.text("request"), form.text("accept") == "yes", in: name)
    return pages.redirect("/parks/\(name)/own")
  }

  /// The enterprise's own edition of the report.
  @Sendable private func report(_ request: Request, _ visit: Visit) async throws -> Response {
    let (desk, name, ids) = try await place(visit)
    let firm = try visit.parameters.require("enterprise")
    guard ids.contains(firm), let id = EnterpriseID(firm),
      let format = ReportFormat(rawValue: try visit.parameters.require("format")),
      let type = Self.types[format]
    else { throw StoreError.notFound }
    let latest = try await desk.plan(of: name)
    let agreed = try await desk.agreed(in: name)
    let parks = parks
    let code = visit.languageCode
    let file = try await BlockingWork.shared.run { () -> ReportFile? in
      let result = try parks.result(
        latest.run, plan: latest.plan, content: latest.content, agreed: agreed)
      let publisher = try ReportPublisher(
        ReportRequest(formats: [format], languages: [code], audiences: [.enterprise(id)]),
        engine: parks.engine)
      return try publisher.files(
        of: result, extras: try parks.engine.reportExtras(of: result)
      ).first
    }
    guard let file else { throw StoreError.notFound }
    return .download(file.content, name: file.name, type: type)
  }

  private static let types: [ReportFormat: String] = [
    .html: "text/html; charset=utf-8", .pdf: "application/pdf",
    .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    .json: "application/json",
  ]
}
