import ArgumentParser
import Foundation
import LichenStore

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copies the server's database while it is in use.",
    discussion: """
      The copy is whole or not there. To restore, stop the server and put the copy in the place of \
      lichen.sqlite in its folder, without the files ending in -wal and -shm.

      EXAMPLES
        lichen backup lichen-2026-11-23.sqlite
        lichen backup --data /var/lib/lichen /backup/lichen.sqlite
      """)

  @Option(help: "Folder of the server's database.", completion: .directory)
  var data = "lichen-data"

  @Argument(help: "File to make; must not be there yet.", completion: .file())
  var target: String

  func run() throws {
    let file = URL(fileURLWithPath: data).appendingPathComponent(Store.fileName)
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw UsageError("There is no database \(file.relativePath).")
    }
    do {
      try Store(at: file).backup(to: URL(fileURLWithPath: target))
    } catch let error as StoreError {
      throw UsageError(error.description)
    }
    Console.say(target)
  }
}
