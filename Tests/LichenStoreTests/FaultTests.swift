import Foundation
import GRDB
import LichenTestSupport
import Testing

@testable import LichenStore

/// Files that are damaged, held by others or cannot grow.
@Suite struct FaultTests {
  @Test func aFileThatIsNoDatabaseIsToldAndLeftAlone() throws {
    try Repository.inFolder { folder in
      let file = folder.appendingPathComponent(Store.fileName)
      let content = Data(String(repeating: "no database ", count: 1000).utf8)
      try content.write(to: file)
      #expect(throws: StoreError.corrupt("The database is damaged; restore a backup.")) {
        try Store(at: file)
      }
      #expect(try Data(contentsOf: file) == content)
    }
  }

  @Test func aLaterVersionsDatabaseIsLeftAlone() throws {
    try Repository.inFolder { folder in
      let file = folder.appendingPathComponent(Store.fileName)
      do {
        let store = try Store(at: file)
        try store.pool.write {
          try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 later')")
        }
        try store.pool.close()
      }
      #expect(throws: StoreError.corrupt("The database is of a later version of Lichen.")) {
        try Store(at: file)
      }
    }
  }

  @Test func aHeldDatabaseIsToldAndNothingChanges() async throws {
    let fixture = try StoreFixture()
    let boss = try await fixture.user(.administrator)
    let other = try Store(at: fixture.file, hasher: PasswordHasher(cost: 16), patience: 0.05)
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let holder = try DatabaseQueue(path: fixture.file.path, configuration: configuration)
    try await holder.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    await #expect(throws: StoreError.busy) {
      try await Desk(other, for: boss).add(park: "x", title: "X", content: Data(), note: "")
    }
    #expect(try await Desk(other, for: boss).parks().isEmpty, "reading goes on")
    try await holder.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
    _ = try await Desk(other, for: boss).add(park: "x", title: "X", content: Data(), note: "")
  }

  @Test func aFullDiskIsToldAndNothingIsHalfWritten() async throws {
    let fixture = try StoreFixture()
    let boss = try await fixture.user(.administrator)
    let desk = Desk(fixture.store, for: boss)
    _ = try await desk.add(park: "first", title: "First", content: Data("1".utf8), note: "")
    let pages = try await fixture.store.read { try Int.fetchOne($0, sql: "PRAGMA page_count") ?? 0 }
    try await fixture.store.pool.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
    }
    let large = Data(repeating: 7, count: 100_000)
    await #expect(throws: StoreError.full) {
      try await desk.add(park: "large", title: "Large", content: large, note: "")
    }
    #expect(try await desk.parks().map(\.name) == ["first"])
    #expect(try await fixture.store.integrity() == [])
    try await fixture.store.pool.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA max_page_count = 1000000")
    }
    _ = try await desk.add(park: "large", title: "Large", content: large, note: "")
    #expect(try await desk.content(of: "large").content == large)
  }

  @Test func aBackupIsWholeWhileOthersWriteAndNeverInTheWay() async throws {
    let fixture = try StoreFixture()
    let boss = try await fixture.user(.administrator)
    let desk = Desk(fixture.store, for: boss)
    let copy = fixture.folder.appendingPathComponent("copy.sqlite")
    async let made: [ParkVersion] = {
      var made: [ParkVersion] = []
      for number in 0..<30 {
        made.append(
          try await desk.add(
            park: "p\(number)", title: "P", content: Data(repeating: 1, count: 20_000), note: ""))
      }
      return made
    }()
    try fixture.store.backup(to: copy)
    #expect(try await made.count == 30)
    let restored = try Store(at: copy, hasher: PasswordHasher(cost: 16))
    #expect(try await restored.integrity() == [])
    let parks = try await Desk(restored, for: boss).parks()
    for park in parks {
      #expect(
        try await Desk(restored, for: boss).content(of: park.name).content
          == Data(repeating: 1, count: 20_000))
    }
    #expect(throws: StoreError.conflict("\(copy.path) is there already.")) {
      try fixture.store.backup(to: copy)
    }
  }
}
