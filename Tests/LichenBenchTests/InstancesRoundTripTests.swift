import Testing

@testable import LichenBench

@Suite("Instance format")
struct InstancesRoundTripTests {
}
