import Testing

@testable import LichenWords

struct NormaliserTests {
  @Test(
    "composed and decomposed text, case and the place of the tone mark do not matter",
    arguments: [
      ("Bùn Thải", "bu\u{300}n tha\u{309}i"), ("thuỷ tinh", "thủy tinh"), ("hoá chất", "hóa chất"),
      ("BÃ MÍA", "bã mía"), ("Slags", "slag"), ("batteries", "battery"),
      ("used tires", "used tyres"), ("aluminum dross", "aluminium dross"),
    ])
  func equalWords(pair: (String, String)) {
    #expect(WordText(pair.0).kept == WordText(pair.1).kept)
  }

  @Test(
    "folding takes every diacritic and the bar of đ",
    arguments: [
      ("xỉ than", "xi than"), ("vỏ hạt điều", "vo hat dieu"), ("Đất đá thải", "dat da thai"),
      ("nước thải", "nuoc thai"), ("giẻ lau dính dầu", "gie lau dinh dau"),
    ])
  func folding(pair: (String, String)) {
    #expect(WordText(pair.0).folded.joined(separator: " ") == pair.1)
  }

  @Test("diacritics that differ are kept apart")
  func diacriticsKept() {
    #expect(WordText("bã").kept != WordText("bà").kept)
    #expect(WordText("quý").kept != WordText("quy").kept)
  }

  @Test("shares and temperatures become features, quantities vanish")
  func numbers() {
    let acid = WordText("spent acid 20 %")
    #expect(acid.kept == ["spent", "acid"])
    #expect(acid.percent == 20)
    let water = WordText("nước nóng 80°C, 12,5 m3/ngày")
    #expect(water.kept == ["nước", "nóng"])
    #expect(water.temperatureCelsius == 80)
    #expect(WordText("H2SO4 98%").kept == ["h2so4"])
  }

  @Test("a word that is noise in one language stays in the other")
  func stopWords() {
    #expect(WordText("xỉ than").kept == ["xỉ", "than"])
    #expect(WordText("xi than").kept == ["xi", "than"])
    #expect(WordText("slag other than red mud").kept == ["slag", "red", "mud"])
    #expect(WordText("mực in").kept == ["mực", "in"])
  }

  @Test(
    "what a text says of hazard",
    arguments: [
      ("bùn thải nguy hại", WordText.HazardCue.hazardous),
      ("bùn thải không có thành phần nguy hại", .notHazardous),
      ("giẻ lau dính dầu", .hazardous), ("non-hazardous sludge", .notHazardous),
      ("hazardous sludge", .hazardous),
    ])
  func hazard(pair: (String, WordText.HazardCue)) {
    #expect(WordText(pair.0).hazard == pair.1)
  }

  @Test("a text without words gives none")
  func empty() {
    for text in ["", "   ", "12 34", "%%%", "\u{0}", "🙂"] { #expect(WordText(text).kept.isEmpty) }
  }
}
