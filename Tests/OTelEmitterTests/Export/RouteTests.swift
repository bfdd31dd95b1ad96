import TestSupport
import Testing

@testable import OTelEmitter

/// What is remembered of a receiver, and for how long.
@Suite struct RouteTests {
    private let start = MonotonicTime(nanoseconds: 1_000_000_000_000)

    private func make() throws -> Route {
        let endpoint = try #require(Endpoint(exactly: "http://127.0.0.1:1/x"))
        let wakeup = try #require(TransportWakeup())
        guard
            let transport = HTTPTransport(
                endpoint: endpoint, headers: [], tls: TLSOptions(), responseByteLimit: 1,
                wakeup: wakeup, clock: .system, proxies: [:])
        else { throw SystemError(text: "libcurl has no memory left") }
        return Route(endpoint, transport)
    }

    @Test func aSizeThatWasRefusedIsHalvedForADay() throws {
        let route = try make()
        #expect(route.byteLimit(at: start) == nil)
        route.refusedSize(1_000_000, at: start)
        #expect(route.byteLimit(at: start) == 500_000)
        // A larger one says nothing new.
        route.refusedSize(2_000_000, at: start + .seconds(1))
        #expect(route.byteLimit(at: start + .seconds(1)) == 500_000)
        route.refusedSize(10, at: start + .seconds(2))
        #expect(route.byteLimit(at: start + .seconds(3)) == BatchLimits.smallestLearnedBytes)
        #expect(route.byteLimit(at: start + .seconds(3) + Route.refusalMemory) == nil)
    }

    @Test func refusedMetricsAreRememberedForAnHourAndBounded() throws {
        let route = try make()
        route.refusedMetric("a", at: start)
        route.refusedMetric("b", at: start + .seconds(60))
        #expect(route.refusedMetrics(at: start + .seconds(60)) == ["a", "b"])
        #expect(route.refusedMetrics(at: start + Route.metricMemory) == ["b"])
        for number in 0..<1000 { route.refusedMetric("m\(number)", at: start + .seconds(61)) }
        #expect(route.refusedMetrics(at: start + .seconds(61)).count == Route.metricLimit)
    }

    @Test func gzipThatWasRefusedIsTriedAgainAfterADay() throws {
        let route = try make()
        #expect(route.takesGzip(at: start))
        route.refusedGzip(at: start)
        #expect(!route.takesGzip(at: start + .seconds(86_399)))
        #expect(route.takesGzip(at: start + .seconds(86_400)))
    }
}
