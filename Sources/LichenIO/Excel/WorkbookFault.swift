/// Why a workbook, or one of its parts, cannot be read.
struct WorkbookFault: Error {
  /// Stable kebab-case name, as in `ValidationIssue`.
  let code: String
  var found: String?
  var expected: String?
  var hint: String?

  static func damaged(_ found: String) -> WorkbookFault {
    WorkbookFault(
      code: "damaged-workbook", found: found, expected: "a workbook (.xlsx)",
      hint: "open it in Excel or LibreOffice and save it again as .xlsx")
  }

  static func tooLarge(_ found: String) -> WorkbookFault {
    WorkbookFault(
      code: "workbook-too-large", found: found,
      expected: "at most \(ZipArchive.maximumUnpacked / 1_000_000) MB when unpacked",
      hint: "a park is small; remove sheets, pictures and formats that do not belong to it")
  }
}
