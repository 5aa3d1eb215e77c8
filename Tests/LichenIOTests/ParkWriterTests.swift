import Foundation
import LichenDomain
import Testing

@testable import LichenIO

@Suite struct ParkWriterTests {
  /// The declaration with every location alike and rows in order, for comparison.
  private func normalised(_ park: ParkDeclaration) -> ParkDeclaration {
    let place = SourceLocation(file: "x")
    var park = park
    for index in park.enterprises.indices { park.enterprises[index].location = place }
    for index in park.outputs.indices { park.outputs[index].location = place }
    for index in park.inputs.indices { park.inputs[index].location = place }
    for index in park.properties.indices { park.properties[index].location = place }
    for index in park.exchanges.indices { park.exchanges[index].location = place }
    for index in park.distances.indices { park.distances[index].location = place }
    for index in park.overrides.indices { park.overrides[index].location = place }
    for index in park.totals.indices { park.totals[index].location = place }
    for index in park.materials.indices { park.materials[index].location = place }
    for index in park.routes.indices { park.routes[index].location = place }
    park.enterprises.sort { $0.id < $1.id }
    park.outputs.sort { $0.id < $1.id }
    park.inputs.sort { $0.id < $1.id }
    park.properties.sort { ($0.stream, $0.property) < ($1.stream, $1.property) }
    park.exchanges.sort { $0.id < $1.id }
    park.distances.sort { ($0.from, $0.to, $0.mode) < ($1.from, $1.to, $1.mode) }
    park.overrides.sort { $0.key < $1.key }
    park.totals.sort { $0.id < $1.id }
    return park
  }

  private func roundTrip(_ folder: URL) throws {
    let (park, _) = try ParkReader.read(folder: folder)
    let scratch = try ScratchFolder()
    let target = scratch.url.appending(path: "deep/er/park")
    try ParkWriter.write(park, to: target)
    let (again, warnings) = try ParkReader.read(folder: target)
    #expect(warnings.isEmpty)
    #expect(normalised(again) == normalised(park))
    let second = scratch.url.appending(path: "second")
    try ParkWriter.write(again, to: second)
    for name in try FileManager.default.contentsOfDirectory(atPath: target.path) {
      let first = try Data(contentsOf: target.appending(path: name))
      #expect(try Data(contentsOf: second.appending(path: name)) == first, "\(name)")
    }
  }

  @Test func `a written park reads back equal and is written the same again`() throws {
    try roundTrip(ParkFixture.folder().url)
  }

  @Test(arguments: ["kalundborg", "kwinana", "map-ta-phut"])
  func `a shipped park reads without issues and reads back equal`(name: String) throws {
    let folder = ShippedData.folder.appending(path: "parks/\(name)")
    #expect(ParkFixture.issues(of: folder).isEmpty)
    try roundTrip(folder)
  }

  @Test func `a folder that holds something is replaced only on demand`() throws {
    let folder = try ParkFixture.folder(["totals": nil], package: ParkFixture.package)
    try ParkFixture.tables["totals"].map { try folder.write($0, as: "totals.csv") }
    try folder.write("mine", as: "notes.txt")
    var (park, _) = try ParkReader.read(folder: folder.url)
    park.totals = []
    #expect(throws: FileWritingError.folderNotEmpty(path: folder.url.path)) {
      try ParkWriter.write(park, to: folder.url)
    }
    try ParkWriter.write(park, to: folder.url, replacing: true)
    let names = try folder.names
    #expect(names.contains("notes.txt"))
    #expect(!names.contains("totals.csv"))
    #expect(!names.contains { $0.hasPrefix(".") })
    #expect(try ParkReader.read(folder: folder.url).declaration.outputs.count == 2)
  }

  @Test func `nothing is left behind when the folder cannot be written`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("x", as: "file")
    let (park, _) = try ParkReader.read(folder: ParkFixture.folder().url)
    #expect(throws: FileWritingError.self) {
      try ParkWriter.write(park, to: scratch.url.appending(path: "file"))
    }
    #expect(throws: FileWritingError.self) {
      try ParkWriter.write(park, to: scratch.url.appending(path: "file/park"))
    }
    #expect(try scratch.names == ["file"])
  }

  @Test func `the template is a park that reads`() throws {
    let scratch = try ScratchFolder()
    let target = scratch.url.appending(path: "new")
    let settings = try ParkReader.read(folder: ParkFixture.folder().url).declaration.settings
    try ParkTemplate.write(settings, to: target)
    let (park, warnings) = try ParkReader.read(folder: target)
    #expect(warnings.isEmpty)
    #expect(park == ParkDeclaration(settings: settings))
    let names = try FileManager.default.contentsOfDirectory(atPath: target.path)
    #expect(Set(names) == Set(ParkSchemas.all.map(\.fileName) + ["README.md", "datapackage.json"]))
  }

  @Test func `every schema has as many columns as its rows have cells`() throws {
    let (park, _) = try ParkReader.read(folder: ParkFixture.folder().url)
    for schema in ParkSchemas.all {
      let rows = ParkCells.rows(of: park, in: schema)
      #expect(!rows.isEmpty)
      #expect(rows.allSatisfy { $0.count == schema.columns.count }, "\(schema.name)")
    }
  }
}
