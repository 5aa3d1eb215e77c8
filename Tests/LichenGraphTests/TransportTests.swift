import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

@Suite("Distance and mode")
struct TransportTests {
  /// The ash park without its road, its sites this many degrees apart on the equator.
  private func apart(_ degrees: Double) -> ParkBuilder {
    var park = Fixtures.ashPark
    park.declaration.distances = []
    for index in 0...1 {
      park.declaration.enterprises[index].latitude = 0
      park.declaration.enterprises[index].longitude = Double(index) * degrees
    }
    return park
  }

  @Test("great circle times the mode's detour, or the park's own for roads")
  func detour() throws {
    // One degree of the equator is 6371.0088 π / 180 = 111.1951 km; truck detour 1.3.
    #expect(close(try only(apart(0.5)).transport.km, 0.5 * 111.19508 * 1.3, within: 1e-6))
    var park = ParkBuilder(roadDetour: 1.1)
    let settings = park.declaration.settings
    park.declaration = apart(0.5).declaration
    park.declaration.settings = settings
    #expect(close(try only(park).transport.km, 0.5 * 111.19508 * 1.1, within: 1e-6))
  }

  @Test(
    "a way beyond the reach of 100 km is blocked with both lengths, one within is not",
    arguments: [(0.69, false), (0.70, true), (1.79, true)])
  func reach(degrees: Double, isBlocked: Bool) throws {
    // 0.69° are 99.7 km by road, 0.70° are 101.2 km.
    let candidate = try only(apart(degrees))
    #expect(candidate.kinds == (isBlocked ? [.tooFar] : []))
    if isBlocked {
      #expect(candidate.argument("limit", of: .tooFar) == .number(100))
      #expect(
        close(
          candidate.argument("km", of: .tooFar)?.number, degrees * 111.19508 * 1.3, within: 1e-6))
    }
  }

  @Test("the park's own limit holds for every way, a declared one too")
  func ownLimit() throws {
    var park = ParkBuilder(distanceLimit: 40)
    let settings = park.declaration.settings
    // 0.2° are 28.9 km by road, 0.3° are 43.4 km.
    for (degrees, isBlocked) in [(0.2, false), (0.3, true)] {
      park.declaration = apart(degrees).declaration
      park.declaration.settings = settings
      #expect(try only(park).kinds == (isBlocked ? [.tooFar] : []))
    }
    #expect(try only(park).argument("limit", of: .tooFar) == .number(40))
    park.distance("power", "cement", km: 41)
    #expect(try only(park).kinds == [.tooFar])
  }

  @Test("near misses are listed up to twice the reach, farther pairs are not")
  func listing() throws {
    // Twice 100 km of great circle are 1.7986°.
    #expect(try candidates(apart(1.79)).count == 1)
    #expect(try candidates(apart(1.81)).isEmpty)
  }

  @Test("a documented exchange or a declared way is listed whatever its length")
  func named() throws {
    var documented = apart(20)
    documented.exchange("x", from: "power", to: "cement")
    #expect(try only(documented).kinds == [.tooFar])
    var declared = apart(20)
    declared.distance("power", "cement", km: 2500)
    #expect(try only(declared).kinds.isEmpty)
  }

  @Test("a declared way is exempt from the usual reach, but not from the route's own limit")
  func declared() throws {
    var park = Fixtures.ashPark
    park.declaration.distances[0].km = 150
    #expect(try only(park).isPlannable)
    let short = Fixtures.route(
      "fly_ash", "clinker", .buildingMaterial, cost: 10, maximumKm: 120)
    let candidate = try only(park, catalogue { $0.put(short) })
    #expect(candidate.kinds == [.tooFar])
    #expect(candidate.argument("limit", of: .tooFar) == .number(120))
  }

  @Test("a route's limit shortens the mode's reach")
  func routeLimit() throws {
    let short = Fixtures.route("fly_ash", "clinker", .buildingMaterial, cost: 10, maximumKm: 50)
    let candidate = try only(apart(0.5), catalogue { $0.put(short) })
    #expect(candidate.argument("limit", of: .tooFar) == .number(50))
  }

  @Test("a declared way serves one direction only")
  func direction() throws {
    var park = Fixtures.ashPark
    park.declaration.distances = []
    park.distance("cement", "power", km: 10)
    #expect(try only(park).kinds.contains(.distanceUnknown))
  }

  @Test("without places and ways the length is unknown, and the pair is still listed")
  func unknown() throws {
    var park = Fixtures.ashPark
    park.declaration.distances = []
    let candidate = try only(park)
    #expect(candidate.transport.km == nil)
    #expect(candidate.kinds == [.costUnknown, .distanceUnknown])
  }

  @Test(
    "of several declared ways the cheapest to run is taken",
    arguments: [
      // EUR/t: truck 0.1 km + 2, rail 0.04 km + 6, barge 0.02 km + 8.
      (["truck": 20, "rail": 20, "barge": 20], "truck"),  // 4, 6.8, 8.4
      (["truck": 100, "rail": 120, "barge": 200], "rail"),  // 12, 10.8, 12
      (["truck": 300, "rail": 300, "barge": 300], "barge"),  // 32, 18, 14
      (["": 20, "rail": 20], "truck"),  // a row without a mode speaks of the usual one
      (["": 300, "rail": 300], "rail"),
    ] as [([String: Double], String)])
  func cheapest(ways: [String: Double], mode: String) throws {
    var park = Fixtures.ashPark
    park.declaration.distances = []
    for way in ways.sorted(by: { $0.key > $1.key }) {
      park.distance("power", "cement", km: way.value, mode: way.key)
    }
    let transport = try only(park).transport
    #expect(transport.mode?.id == mode)
    #expect(transport.distanceRow?.hasPrefix("distances.csv: power cement") == true)
  }

  @Test("rail and barge are used only where a row names them")
  func onDeclarationOnly() throws {
    #expect(try only(apart(0.5)).transport.mode?.id == "truck")
  }

  @Test("a way by a mode that cannot carry the phase is not this stream's way")
  func otherPhase() throws {
    var park = apart(0.1)
    park.distance("power", "cement", km: 3, mode: "pipe_water")
    let transport = try only(park).transport
    #expect(transport.mode?.id == "truck")
    #expect(transport.distanceRow == nil)
  }

  @Test("a phase that nothing carries has no carrier, also by a route of its family")
  func noCarrier() throws {
    let bare = catalogue { $0.transportModes.removeAll { $0.id == "truck" } }
    #expect(try only(Fixtures.ashPark, bare).kinds == [.noCarrier])
    var park = Fixtures.ashPark
    park.declaration.outputs[0].material = "bottom_ash"
    #expect(try only(park, bare).kinds == [.noCarrier])
  }

  @Test("a service moves nothing and needs no carrier")
  func service() throws {
    let park = Fixtures.pair(
      "laundry_service", 5, "unit", to: "laundry_service", 9, "unit", km: nil)
    let candidate = try only(park)
    #expect(candidate.transport.mode == nil)
    #expect(!candidate.kinds.contains(.noCarrier))
    #expect(!candidate.kinds.contains(.distanceUnknown))
    #expect(candidate.line(.transport) == nil)
  }

  @Test("gases sold by weight go by road beyond a pipe's reach; gases sold by energy do not")
  func gasTrailer() throws {
    let shipped = Repository.engine.catalogue
    func mode(_ output: String, _ unit: String, to input: String, north: Double) throws
      -> Candidate
    {
      var park = Fixtures.pair(output, 100, unit, to: input, 1000, "t/yr", km: nil)
      park.declaration.enterprises[0].latitude = 55
      park.declaration.enterprises[1].latitude = 55 + north
      for index in 0...1 { park.declaration.enterprises[index].longitude = 11 }
      return try only(park, shipped)
    }
    // 0.1° of latitude is 11 km, 0.2° 22 km: with the pipe's detour within and beyond 15 km.
    let near = try mode("hydrogen_byproduct", "t/yr", to: "diesel", north: 0.1)
    #expect(near.transport.mode?.id == "pipe_gas")
    let far = try mode("hydrogen_byproduct", "t/yr", to: "diesel", north: 0.2)
    #expect(far.transport.mode?.id == "gas_trailer")
    #expect(!far.kinds.contains(.tooFar))
    // Hydrogen pays for its own heavy trailer, at 4 EUR/t·km, and for a hazardous load: × 1.5.
    let freight = -22.239 * 1.3 * 4 * 1.5
    #expect(close(far.line(.transport)?.money.value?.typical, freight, within: 1e-3))
    let biogas = try mode("biogas", "GJ/yr", to: "coal", north: 0.2)
    #expect(biogas.transport.mode?.id == "pipe_gas")
    #expect(biogas.kinds.contains(.tooFar))
  }
}
