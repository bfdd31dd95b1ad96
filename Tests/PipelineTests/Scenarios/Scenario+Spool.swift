import OTelEmitter
import TestSupport
import Testing

/// Scenarios with a spool, that collect by the stepped clock.
extension Scenario {
    static func makeWithSpool(
        _ collector: ScriptedCollector, _ directory: String, time: SteppedTime = SteppedTime(),
        interval: Duration = .seconds(60),
        configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws -> Scenario {
        try make(to: collector, time: time) {
            $0.exportInterval = interval
            $0.spool = SpoolOptions(directory: directory)
            configure(&$0)
        }
    }

    /// The first value of each request, in the order of arrival; of several that are the same, one:
    /// a step of time may cut off a request that the collector has just accepted, and then it comes
    /// again.
    func acceptedInOrder() throws -> [String] {
        try pipeline.acceptedValues().reduce(into: []) { values, request in
            if values.last != request[0] { values.append(request[0]) }
        }
    }

    /// Collections that can't be delivered. They are on disk, or in memory, when it returns.
    func goWithoutCollector(
        collections: Int, series: Int, interval: Duration = .seconds(60)
    ) {
        for _ in 0..<collections {
            let before = emitter.totals.recorded
            count(series: series)
            #expect(passInterval(interval))
            #expect(eventually { emitter.totals.recorded == before + series })
        }
    }
}
