/// What is known about the words that people use for materials and wastes: data, no method.
///
/// Rows may name materials or codes that a catalogue does not have; whoever uses them passes those
/// over, so that a smaller or larger catalogue needs no other tables.
public struct WordTables: Sendable {
  /// A way to say a material, a waste code, or both.
  public struct Synonym: Sendable {
    public let term: String
    /// `en` or `vi`.
    public let language: String
    public let material: MaterialID?
    /// Six digits of the European list.
    public let wasteCode: String?
    /// The term means this only for donors whose class begins so; blank is any.
    public let isic: String
    /// 1 for a term that means little else; less for a vague one.
    public let weight: Double

    public init(
      term: String, language: String, material: MaterialID?, wasteCode: String?, isic: String = "",
      weight: Double = 1
    ) {
      self.term = term
      self.language = language
      self.material = material
      self.wasteCode = wasteCode
      self.isic = isic
      self.weight = weight
    }
  }

  /// A chapter, sub-chapter or entry of the European list.
  public struct CodeTitle: Sendable {
    /// Two, four or six digits.
    public let code: String
    public let english: String
    public let vietnamese: String

    public init(code: String, english: String, vietnamese: String) {
      self.code = code
      self.english = english
      self.vietnamese = vietnamese
    }
  }

  /// A Vietnamese phrase, an abbreviation or a formula, and English words for it.
  public struct GlossaryEntry: Sendable {
    /// `vi`, `en`, or `any` for signs that both languages use.
    public let language: String
    public let term: String
    public let english: String

    public init(language: String, term: String, english: String) {
      self.language = language
      self.term = term
      self.english = english
    }
  }

  /// What an industry usually gives off.
  public struct Sector: Sendable {
    /// Two to four digits of ISIC Rev. 4.
    public let isic: String
    public let wordsEnglish: String
    public let wordsVietnamese: String
    /// Four digits each.
    public let subChapters: [String]
    public let materials: [MaterialID]

    public init(
      isic: String, wordsEnglish: String, wordsVietnamese: String, subChapters: [String],
      materials: [MaterialID]
    ) {
      self.isic = isic
      self.wordsEnglish = wordsEnglish
      self.wordsVietnamese = wordsVietnamese
      self.subChapters = subChapters
      self.materials = materials
    }
  }

  /// An entry of the Vietnamese list of wastes.
  public struct NationalCode: Sendable {
    /// As printed, `07 01 01`.
    public let code: String
    public let vietnamese: String
    public let english: String
    /// `NH` always hazardous, `KS` hazardous unless tested, `TT` ordinary.
    public let hazard: String
    /// Six digits of the nearest European entry.
    public let twin: String?

    public init(code: String, vietnamese: String, english: String, hazard: String, twin: String?) {
      self.code = code
      self.vietnamese = vietnamese
      self.english = english
      self.hazard = hazard
      self.twin = twin
    }
  }

  public let synonyms: [Synonym]
  public let codeTitles: [CodeTitle]
  public let glossary: [GlossaryEntry]
  public let sectors: [Sector]
  public let vietnameseCodes: [NationalCode]

  public init(
    synonyms: [Synonym], codeTitles: [CodeTitle], glossary: [GlossaryEntry], sectors: [Sector],
    vietnameseCodes: [NationalCode]
  ) {
    self.synonyms = synonyms
    self.codeTitles = codeTitles
    self.glossary = glossary
    self.sectors = sectors
    self.vietnameseCodes = vietnameseCodes
  }
}
