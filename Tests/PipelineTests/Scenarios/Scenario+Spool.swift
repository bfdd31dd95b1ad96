import OTelEmitter
import TestBench
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
