import Instruments
import Testing

@testable import OTelEmitter
@testable import OTelEmitterTools

@Suite struct CanaryTests {
    @Test func requestHasOneDataPointOfTheResourceAndTime() throws {
        let bytes = Canary.request(
            Resource(["service.name": "checked"]), .json, at: 1_790_000_000_000_000_000)
        let index = try #require(RequestIndex(bytes))
        #expect(index.pointCount == 1)
        #expect(index.metrics.map(\.name) == [Canary.name])
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("checked"))
        #expect(text.contains("\"timeUnixNano\":\"1790000000000000000\""))
        // The same bytes at the same time.
        #expect(
            bytes
                == Canary.request(
                    Resource(["service.name": "checked"]), .json, at: 1_790_000_000_000_000_000
                ))
    }
}
