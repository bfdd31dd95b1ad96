import Instruments
import OTelEmitter
import TestSupport
import Testing

/// What a shutdown puts on disk, whatever takes its time or has failed before.
@Suite struct SpoolShutdownTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func make(_ collector: ScriptedCollector) throws -> Pipeline {
        try Pipeline.make(to: collector) {
            $0.spool = SpoolOptions(directory: folder.file("spool"))
        }
    }

    /// The disk is tried at the end though it refused a moment ago.
    @Test func aDiskThatWorksAgainIsUsed() throws {
        try folder.replace("spool", with: [1])
        let pipeline = try make(ScriptedCollector(isListening: false))
        pipeline.count(series: 3)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(200)).isComplete)
        #expect(pipeline.told.text(containing: "can't be kept on disk") != nil)
        try folder.remove("spool")
        let totals = pipeline.emitter.shutdown(timeout: .seconds(2)).totals
        #expect(totals.pendingOnDisk == 6 && totals.lost == 0, "\(totals)")
    }

    /// Callbacks that hang take no time from what waits, nor from the last values of the others.
    @Test(arguments: [true, false])
    func aCallbackThatHangsCostsNobodyElsesValues(isMute: Bool) throws {
        let isHanging = Monitor(false)
        let latch = Latch()
        defer { latch.open() }
        let pipeline = try make(
            isMute ? ScriptedCollector(otherwise: .mute) : ScriptedCollector(isListening: false))
        let meter = pipeline.emitter.meter("m")
        let gauges = (0..<3).map { index in
            meter.observableGauge("hangs\(index)", of: Int.self) { sink in
                if isHanging.withLock({ $0 }) { _ = latch.wait(within: .seconds(60)) }
                sink.observe(1)
            }
        }
        pipeline.count(series: 3)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(200)).isComplete)
        #expect(eventually { pipeline.emitter.totals.recorded == 6 })
        isHanging.withLock { $0 = true }
        pipeline.count(series: 3)
        let report = pipeline.emitter.shutdown(timeout: .seconds(2))
        #expect(report.isServed)
        #expect(report.totals.lost == 0, "\(report.totals.lostByReason)")
        #expect(report.totals.pendingOnDisk == 9, "\(report.totals)")
        withExtendedLifetime(gauges) {}
    }
}
