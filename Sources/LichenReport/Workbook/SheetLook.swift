import LichenDomain
import LichenIO

/// The looks of a report's sheets: ink on paper; colour means legal status only.
enum SheetLook {
  typealias Look = Spreadsheet.Look

  private static let ink: UInt32 = 0x1C2226
  private static let second: UInt32 = 0x535B61
  private static let panel: UInt32 = 0xF0EEE8
  private static let rule: UInt32 = 0xDCD9D1

  static func look(_ change: (inout Look) -> Void = { _ in }) -> Look {
    var look = Look()
    look.ink = ink
    change(&look)
    return look
  }

  private static func underline(_ look: inout Look) {
    look.bottom = .thin
    look.rule = rule
  }

  static let title = look {
    $0.isBold = true
    $0.size = 15
  }
  static let heading = look {
    $0.isBold = true
    $0.size = 12
  }
  static let paragraph = look { $0.wraps = true }
  static let note = look {
    $0.wraps = true
    $0.ink = second
  }
  static let header = look {
    $0.isBold = true
    $0.wraps = true
    $0.fill = panel
    $0.bottom = .medium
    $0.indent = 1
  }
  static let numberHeader = look {
    $0 = header
    $0.side = .right
    $0.indent = 0
  }
  /// Text in a table.
  static let text = look {
    $0 = line
    $0.wraps = true
  }
  /// Long text that would make its row too tall.
  static let line = look {
    underline(&$0)
    $0.indent = 1
  }
  static let strong = look {
    $0.isBold = true
    underline(&$0)
  }

  static func number(_ format: Spreadsheet.NumberFormat) -> Look {
    look {
      $0.format = format
      underline(&$0)
    }
  }

  static func total(_ format: Spreadsheet.NumberFormat = .general) -> Look {
    look {
      $0.isBold = true
      $0.format = format
      $0.top = .medium
    }
  }

  /// A legal status: colour, line and, in the cell, its word.
  static func law(_ effect: LegalEffect) -> Look {
    look {
      $0.isBold = true
      $0.wraps = true
      $0.indent = 1
      underline(&$0)
      switch effect {
      case .allowed:
        $0.ink = 0x0B62A4
        $0.left = .medium
      case .endOfWaste:
        $0.ink = 0x6A4FA3
        $0.left = .dashDot
      case .notification:
        $0.ink = 0x00755A
        $0.left = .longDash
      case .permit:
        $0.ink = 0xB05800
        $0.left = .shortDash
      case .prohibited:
        $0.ink = 0xB3123C
        $0.left = .dots
      }
    }
  }

  /// As many digits as a figure of a size needs: whole from 100 on, else three significant ones.
  static func format(of value: Double) -> Spreadsheet.NumberFormat {
    let decimals = value == value.rounded() ? 0 : min(6, Language.decimals(value, digits: 3))
    return decimals == 0 ? .whole : .decimals(decimals)
  }
}
