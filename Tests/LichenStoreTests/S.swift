import Testing

@testable import LichenStore
