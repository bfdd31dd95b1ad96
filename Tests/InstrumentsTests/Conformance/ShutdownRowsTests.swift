import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// Rows A2.12 and A2.13 of the checklist: the end of a provider, and its flush.
/// `Documentation/conformance.md` names these tests.
@Suite struct ShutdownRowsTests {
    /// A reader whose hooks count how often they run, and answer.
    private final class Exporter: Sendable {
        private let ran = Monitor((flushes: 0, shutdowns: 0))
        private let succeeds: Bool

        init(succeeds: Bool = true) { self.succeeds = succeeds }

        func reader(of provider: MeterProvider) -> MetricReader {
            MetricReader(
                of: provider,
                flush: { [self] _ in
                    ran.change { $0.flushes += 1 }
                    return succeeds
                },
                shutdown: { [self] _ in
                    ran.change { $0.shutdowns += 1 }
                    return succeeds
                })
        }

        var counts: [Int] { ran.change { [$0.flushes, $0.shutdowns] } }

        /// Whether both hooks were called at least so often, by now or soon.
        func isReached(flushes: Int, shutdowns: Int) -> Bool {
            let deadline = Monitor<Bool>.now + 60_000_000_000
            return ran.wait(until: deadline) { ran -> Bool? in
                ran.flushes >= flushes && ran.shutdowns >= shutdowns ? true : nil
            } ?? false
        }
    }

    /// A reader both of whose hooks hang until the test releases them.
    private static func hangingReader(
        of provider: MeterProvider, until isReleased: Monitor<Bool>
    ) -> MetricReader {
        let hang: MetricReader.Hook = { _ in
            isReleased.wait(until: nil) { $0 ? true : nil } ?? false
        }
        return MetricReader(of: provider, flush: hang, shutdown: hang)
    }

    @Test func a2_13_aFlushReachesEveryReaderAndTellsTheResult() {
        let provider = MeterProvider()
        #expect(provider.flush())
        let exporters = (0..<20).map { _ in Exporter() }
        var readers = exporters.map { $0.reader(of: provider) }
        readers.append(MetricReader(of: provider))
        #expect(provider.flush())
        #expect(exporters.allSatisfy { $0.counts == [1, 0] })
        readers.append(Exporter(succeeds: false).reader(of: provider))
        #expect(!provider.flush())
        #expect(exporters.allSatisfy { $0.counts == [2, 0] })
        // A reader that nobody holds is none any more.
        readers.removeAll()
        #expect(provider.flush())
        #expect(exporters.allSatisfy { $0.counts == [2, 0] })
    }

    @Test func a2_13_aReaderThatHangsKeepsNobodyBeyondTheTimeout() {
        let provider = MeterProvider()
        let isReleased = Monitor(false)
        let exporter = Exporter()
        let readers = (0..<3).map { _ in Self.hangingReader(of: provider, until: isReleased) }
        let last = exporter.reader(of: provider)
        let start = ContinuousClock.now
        #expect(!provider.flush(timeout: .milliseconds(30)))
        #expect(!provider.shutdown(timeout: .milliseconds(30)))
        #expect(!provider.flush(timeout: .seconds(-1)))
        #expect(ContinuousClock.now - start < .seconds(20))
        // The others are reached all the same.
        #expect(exporter.isReached(flushes: 2, shutdowns: 1))
        isReleased.change { $0 = true }
        withExtendedLifetime((readers, last)) {}
    }

    @Test func a2_12_theShutdownHappensOnceAndItsResultStays() {
        let provider = MeterProvider()
        let exporter = Exporter(succeeds: false)
        let reader = exporter.reader(of: provider)
        let results = Mutex<[Bool]>([])
        Threads.run(4) { _ in
            let result = provider.shutdown(timeout: .seconds(60))
            results.withLock { $0.append(result) }
        }
        #expect(results.withLock { $0 } == [false, false, false, false])
        #expect(exporter.counts == [0, 1])
        #expect(MeterProvider().shutdown())
        withExtendedLifetime(reader) {}
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func a2_12_aTimeoutThatIsOverReachesTheReadersAllTheSame(timeout: Duration) {
        let provider = MeterProvider()
        let exporters = (0..<20).map { _ in Exporter() }
        let readers = exporters.map { $0.reader(of: provider) }
        _ = provider.shutdown(timeout: timeout)
        #expect(exporters.allSatisfy { $0.isReached(flushes: 0, shutdowns: 1) })
        #expect(exporters.allSatisfy { $0.counts == [0, 1] })
        withExtendedLifetime(readers) {}
    }

    @Test func a2_12_metersAreDisabledAfterwardsAndTheEarlierOnesGoOn() {
        let provider = MeterProvider()
        let meter = provider.meter("m")
        let counter = meter.counter("c")
        counter.add(1)
        #expect(provider.shutdown())
        #expect(provider.shutdown())
        let late = provider.meter("m").counter("c")
        let gauge = provider.meter("new").observableGauge("g", of: Int.self) { $0.observe(1) }
        late.add(100)
        #expect(!late.isEnabled && !gauge.isEnabled)
        counter.add(1)
        meter.histogram("h").record(1)
        let reader = MetricReader(of: provider)
        for snapshot in [provider.collect(), reader.collect()] {
            #expect(snapshot.metric("c", scope: "m")?.values == [.int(2)])
            #expect(snapshot.metric("h", scope: "m")?.histogram()?.count == 1)
            #expect(snapshot.metric("g", scope: "new") == nil)
        }
    }

    @Test func a2_12_callsFromInsideAHookAnswerAtOnce() {
        let provider = MeterProvider()
        let answers = Mutex<[Bool]>([])
        let hook: MetricReader.Hook = { [weak provider] _ in
            guard let provider else { return false }
            let inner = [
                provider.flush(timeout: .seconds(3600)),
                provider.shutdown(timeout: .seconds(3600)),
            ]
            answers.withLock { $0 += inner }
            return true
        }
        let reader = MetricReader(of: provider, shutdown: hook)
        #expect(provider.shutdown(timeout: .seconds(60)))
        #expect(answers.withLock { $0 } == [false, false])
        withExtendedLifetime(reader) {}
    }

    @Test func a2_12_aCallbackMayAskForIt() {
        let provider = MeterProvider.make()
        let answer = Mutex<Bool?>(nil)
        let reader = MetricReader(
            of: provider, flush: { [weak provider] _ in provider?.collect() != nil })
        // The reader's collection waits for the callback, and is waited for: until time is up.
        _ = provider.meter("m").observableGauge("g", of: Int.self) { [weak provider] observer in
            if answer.withLock({ $0 }) == nil {
                let result = provider?.flush(timeout: .milliseconds(20))
                answer.withLock { $0 = result }
            }
            observer.observe(1)
        }
        #expect(reader.collect().metric("g", scope: "m")?.values == [.int(1)])
        #expect(answer.withLock { $0 } == false)
    }

    @Test func a2_12_nobodyKeepsAProviderOrAReaderAlive() {
        weak var provider: MeterProvider?
        weak var reader: MetricReader?
        do {
            let made = MeterProvider()
            let own = Exporter().reader(of: made)
            (provider, reader) = (made, own)
            _ = own.collect()
            #expect(made.flush())
        }
        #expect(provider == nil && reader == nil)
    }
}
