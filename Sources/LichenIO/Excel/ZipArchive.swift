import CZip

/// The container of a workbook, held in memory; nothing is ever unpacked to disk.
///
/// A container may lie about its sizes, so what comes out is counted while it is read.
final class ZipArchive {
  /// Entries that a container may have.
  static let maximumEntries = 10_000
  /// Bytes that may be unpacked from one container, all parts together.
  static let maximumUnpacked = 400_000_000
  /// Above this many bytes, a part that grew by more than `maximumRatio` is a bomb.
  static let ratioThreshold = 10_000_000
  /// Sheets grow 10 to 60 times when unpacked; deflate ends near 1030.
  static let maximumRatio = 250

  /// Names of the entries, in the order of the container.
  let names: [String]
  private let memory: UnsafeMutableRawBufferPointer
  private let archive: OpaquePointer
  private let positions: [String: zip_uint64_t]
  fileprivate var unpacked = 0

  /// - Throws: `WorkbookFault` if the bytes are no container, or one that plays tricks.
  init(_ bytes: [UInt8]) throws(WorkbookFault) {
    memory = .allocate(byteCount: max(bytes.count, 1), alignment: 16)
    memory.copyBytes(from: bytes)
    guard let archive = Self.open(memory, count: bytes.count) else {
      memory.deallocate()
      throw .damaged("a zip container that is cut off or damaged")
    }
    self.archive = archive
    do throws(WorkbookFault) {
      (names, positions) = try Self.entries(of: archive)
    } catch {
      zip_discard(archive)
      memory.deallocate()
      throw error
    }
  }

  deinit {
    zip_discard(archive)
    memory.deallocate()
  }

  private static func open(_ memory: UnsafeMutableRawBufferPointer, count: Int) -> OpaquePointer? {
    var failure = zip_error_t()
    zip_error_init(&failure)
    defer { zip_error_fini(&failure) }
    guard
      let source = zip_source_buffer_create(memory.baseAddress, zip_uint64_t(count), 0, &failure)
    else { return nil }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &failure) else {
      zip_source_free(source)
      return nil
    }
    return archive
  }

  private static func entries(of archive: OpaquePointer) throws(WorkbookFault) -> (
    [String], [String: zip_uint64_t]
  ) {
    let count = Int(zip_get_num_entries(archive, 0))
    guard count <= maximumEntries else {
      throw WorkbookFault(
        code: "too-many-parts", found: "\(count) entries", expected: "at most \(maximumEntries)")
    }
    var names: [String] = []
    var positions: [String: zip_uint64_t] = [:]
    for index in 0..<zip_uint64_t(max(count, 0)) {
      guard let raw = zip_get_name(archive, index, 0) else {
        throw .damaged("an entry without a name")
      }
      let name = String(cString: raw)
      let isOutside =
        name.hasPrefix("/") || name.contains("\\") || name.split(separator: "/").contains("..")
        || name.dropFirst().first == ":"
      if isOutside {
        throw WorkbookFault(
          code: "unsafe-entry", found: name, expected: "parts inside the workbook",
          hint: "no spreadsheet program writes such a name; do not trust this file")
      }
      // Part names are compared without case (ECMA-376, part 2).
      guard positions.updateValue(index, forKey: name.lowercased()) == nil else {
        throw WorkbookFault(
          code: "duplicate-entry", found: name, expected: "each part once",
          hint: "no spreadsheet program writes such a file; do not trust it")
      }
      names.append(name)
    }
    return (names, positions)
  }

  /// So much was unpacked that nothing more will be.
  var isExhausted: Bool { unpacked > Self.maximumUnpacked }

  func has(_ name: String) -> Bool { positions[name.lowercased()] != nil }

  /// Opens a part for reading.
  /// - Throws: `WorkbookFault` if there is none, or it is locked with a password.
  func part(_ name: String) throws(WorkbookFault) -> ZipPart {
    guard let index = positions[name.lowercased()] else {
      throw .damaged("the part \(name) is missing")
    }
    var status = zip_stat_t()
    zip_stat_init(&status)
    guard zip_stat_index(archive, index, 0, &status) == 0 else {
      throw .damaged("the part \(name) is damaged")
    }
    guard status.encryption_method == 0 else { throw .encrypted }
    guard let file = zip_fopen_index(archive, index, 0) else {
      throw .damaged("the part \(name) cannot be unpacked")
    }
    return ZipPart(name: name, file: file, packed: Int(status.comp_size), archive: self)
  }
}

extension WorkbookFault {
  static let encrypted = WorkbookFault(
    code: "encrypted-workbook", expected: "a workbook without a password",
    hint: "open it, remove the password (File, Info, Protect Workbook) and save it again")
}

/// One part of a container, unpacked while it is read.
final class ZipPart {
  let name: String
  private let file: OpaquePointer
  private let packed: Int
  private let archive: ZipArchive
  private var count = 0
  /// Why reading stopped early.
  private(set) var fault: WorkbookFault?

  fileprivate init(name: String, file: OpaquePointer, packed: Int, archive: ZipArchive) {
    self.name = name
    self.file = file
    self.packed = max(packed, 1)
    self.archive = archive
  }

  deinit { zip_fclose(file) }

  /// The next bytes; 0 at the end, -1 after a fault.
  func read(into target: UnsafeMutableRawPointer, count wanted: Int) -> Int {
    if fault != nil { return -1 }
    let read = Int(zip_fread(file, target, zip_uint64_t(wanted)))
    guard read >= 0 else {
      fault = .damaged("the part \(name) is damaged")
      return -1
    }
    count += read
    archive.unpacked += read
    if archive.unpacked > ZipArchive.maximumUnpacked {
      fault = .tooLarge("more than \(ZipArchive.maximumUnpacked / 1_000_000) MB")
    } else if count > ZipArchive.ratioThreshold, count / packed > ZipArchive.maximumRatio {
      fault = WorkbookFault(
        code: "zip-bomb",
        found: "the part \(name) grows more than \(ZipArchive.maximumRatio) times",
        expected: "at most \(ZipArchive.maximumRatio) times",
        hint: "the file is made to exhaust a computer; do not trust it")
    }
    return fault == nil ? read : -1
  }
}
