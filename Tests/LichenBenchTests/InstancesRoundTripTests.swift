import Foundation
import LichenPlanning
import Testing

@testable import LichenBench

@Suite("Instances: written and read back")
struct InstancesRoundTripTests {
  @Test("what is written reads back as the same instance, and writes the same bytes")
  func everyPart() throws {
    let folder = try InstancesFolder([
      "instance.json": """
      {"name": "all of it", "version": 1, "source": "a \\"quoted\\" word", "licence": "none",
       "budget": 1000.5, "co2_floor": -3e-6, "max_partners": 2,
       "best_known": {"objective": 12, "bound": 12.5, "proved_by": "hand"}}
      """,
      "outputs.csv": "id,supply\no1,1e12\n\"o,2\",0.000001\n",
      "inputs.csv": "demand,id,least\n8,i1,0\n9,i2,4.5\n",
      "permits.csv": "id,cost\np1,5\np2,0\n",
      "facilities.csv": "id,capacity,opening,capex\nh1,6,7,8\nh2,3,1,0\n",
      "measures.csv":
        "id,output,input,shift,benefit,co2,capex,required\nm1,o1,,-4,2,0.5,9,yes\nm2,,i2,3,-1,,,\n",
      "links.csv": """
      id,output,input,ratio,benefit,fixed,minimum,capacity,co2,capex,permit,required
      l1,o1,i1,0.1,5,3,1,2.5,0.25,4,p2 p1,yes
      l2,o1,i1,0.3,5,,,,,,,no
      l3,"o,2",i2,3,-5,0,0,,0,0,p2,

      """,
      "facility_links.csv": """
      id,facility,side,stream,ratio,benefit,fixed,minimum,capacity,co2,capex
      g1,h1,in,o1,0.7,1,2,0,,0,0
      g2,h2,in,h1,0.5,0,0,0,,0,0
      g3,h2,out,i2,1,9,1,0.5,1,0.1,3

      """,
      "blends.csv": "id,link,excess\nsalt,l3,2\nsalt,g3,-1.5\nlime,g1,0.5\n",
    ])
    let (instance, warnings) = try folder.read()
    #expect(warnings.isEmpty)
    let model = instance.model
    #expect(model.linkNames == ["l1", "l2", "l3", "g1", "g2", "g3"])
    #expect(model.permits(of: 0) == [0, 1])
    #expect(model.links[0].upper == 2.5 && model.links[0].isRequired)
    // 8 of demand at 0.3 each; 6 into the plant; 6 · 0.7 out of it, but 3 into the next.
    #expect(model.links[1].upper == 8 / 0.3)
    #expect(model.links[3].upper == 6 && model.links[4].upper == 3 && model.links[5].upper == 1)
    #expect(model.blends.map(\.name) == ["salt", "lime"])
    #expect(model.leastNeeds == [0, 4.5])

    let target = folder.url.appendingPathComponent("again")
    try InstanceWriter.write(instance, to: target)
    let again = try InstanceReader.read(folder: target).instance
    expectEqual(instance, again)
    let files = InstanceWriter.files(again)
    #expect(files.count == 9)
    for (name, bytes) in files {
      #expect(try Array(Data(contentsOf: target.appendingPathComponent(name))) == bytes)
    }
  }

  @Test(
    "generated instances of every family and variant read back",
    arguments: [
      ("clustered", "BCDKF"), ("dense", "CK"), ("nation", "BD"), ("corridor", "F"), ("scarce", "C"),
      ("transport", "A"),
    ])
  func generated(_ family: String, _ variant: String) throws {
    let instance = InstanceGenerator.instance(
      InstanceRequest(
        family: try #require(InstanceRequest.Family(rawValue: family)), enterprises: 40, seed: 5,
        variant: try #require(InstanceRequest.Variant(variant))))
    let folder = try InstancesFolder()
    try InstanceWriter.write(instance, to: folder.url, replacing: true)
    let (again, warnings) = try folder.read()
    #expect(warnings.isEmpty)
    expectEqual(instance, again)
  }

  @Test("an instance without links, or without anything, is an instance")
  func empty() throws {
    let folder = try InstancesFolder([
      "outputs.csv": "id,supply\n", "inputs.csv": "id,demand\n",
      "links.csv": "id,output,input,benefit\n",
    ])
    let instance = try folder.read().instance
    #expect(instance.model.links.isEmpty && instance.outputIDs.isEmpty)
  }

  @Test("links that can carry nothing are left out with a warning, the rest keep their names")
  func dropped() throws {
    let folder = try InstancesFolder([
      "outputs.csv": "id,supply\no1,10\no0,0\n",
      "links.csv": """
      id,output,input,benefit,minimum,capacity
      a,o0,i1,5,0,
      b,o1,i1,5,9,
      c,o1,i1,5,0,0
      d,o1,i1,5,2,3

      """,
      "blends.csv": "id,link,excess\nsalt,a,2\nsalt,d,-1\n",
    ])
    let (instance, warnings) = try folder.read()
    #expect(instance.model.linkNames == ["d"])
    #expect(instance.droppedLinkIDs == ["a", "b", "c"])
    #expect(warnings.map(\.location.row) == [2, 3, 4])
    #expect(warnings.allSatisfy { $0.code == "link-cannot-open" && $0.severity == .warning })
    #expect(instance.model.blends == [.init(name: "salt", links: [0], excess: [-1])])
  }

  @Test(
    "numbers read as the nearest double",
    arguments: [
      "0", "-0.1", "1e12", "0.000001", "123456789.123456789", "9007199254740993", "1e22", "1e23",
      "4.35", "0.3", "2.2250738585072014e-308", "5e-324", "-1.7976931348623157e308", "+7", "3.",
      ".5", "12345678901234567890123", "0.1e-7", "1E3",
    ])
  func numbers(_ text: String) throws {
    let read = Array(text.utf8).withUnsafeBufferPointer { DecimalNumber.parse($0[...]) }
    // The library's own reader is the judge; it does not take a plus sign's absence amiss.
    #expect(read == Double(text.hasSuffix(".") ? text + "0" : text))
  }

  @Test(
    "what is no number is refused",
    arguments: [
      "", "-", ".", "nan", "inf", "infinity", "0x1p3", "1e", "1e+", "1.2.3", "1,5", "1 000", "--1",
      "1e1e1", "٣",
    ])
  func noNumbers(_ text: String) {
    let read = Array(text.utf8).withUnsafeBufferPointer { DecimalNumber.parse($0[...]) }
    #expect(read == nil)
  }
}
