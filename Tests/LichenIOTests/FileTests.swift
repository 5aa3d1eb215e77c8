import Foundation
import Testing

@testable import LichenIO

@Suite struct FileTests {
  @Test func `a file is written whole and leaves no temporary`() throws {
    let folder = try ScratchFolder()
    let file = folder.url.appending(path: "report.html")
    try AtomicFile.write("one", to: file)
    try AtomicFile.write(Data("two".utf8), to: file)
    #expect(try String(contentsOf: file, encoding: .utf8) == "two")
    #expect(try folder.names == ["report.html"])
  }

  @Test func `permissions and symbolic links are kept`() throws {
    let folder = try ScratchFolder()
    let file = folder.url.appending(path: "real.txt")
    try AtomicFile.write("one", to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
    let link = folder.url.appending(path: "link.txt")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: file)
    try AtomicFile.write("two", to: link)
    #expect(try String(contentsOf: file, encoding: .utf8) == "two")
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link.path) == file.path)
  }

  @Test func `failures name the target and leave nothing`() throws {
    let folder = try ScratchFolder()
    #expect(throws: FileWritingError.isFolder(path: folder.url.path)) {
      try AtomicFile.write("x", to: folder.url)
    }
    let missing = folder.url.appending(path: "no/such/file")
    let error = #expect(throws: FileWritingError.self) { try AtomicFile.write("x", to: missing) }
    #expect(error?.description.contains(missing.path) == true)
    #expect(try folder.names.isEmpty)
    try AtomicFile.write("x", to: URL(filePath: "/dev/null"))
  }

  @Test func `pieces are written one after the other`() throws {
    let folder = try ScratchFolder()
    let file = folder.url.appending(path: "pieces")
    try AtomicFile.write(pieces: [[UInt8]("one, ".utf8), [], [UInt8]("two".utf8)], to: file)
    #expect(try String(contentsOf: file, encoding: .utf8) == "one, two")
    #expect(try folder.names == ["pieces"])
  }

  @Test func `live temporaries can be removed from outside`() throws {
    let folder = try ScratchFolder()
    let temporary = TemporaryName.sibling(of: folder.url.appending(path: "a").path)
    #expect(temporary.contains("/.a.lichen-"))
    try FileManager.default.createDirectory(atPath: temporary, withIntermediateDirectories: false)
    try Data("x".utf8).write(to: URL(filePath: temporary).appending(path: "part"))
    StagingRegistry.insert(temporary)
    #expect(StagingRegistry.paths.contains(temporary))
    // Other tests write at the same time, so only this one's temporary may go.
    StagingRegistry.removeAll { $0 == temporary }
    #expect(!StagingRegistry.paths.contains(temporary))
    #expect(try folder.names.isEmpty)
  }
}
