import Instruments
import OTelEmitter
import OTelEmitterTools
import TestSupport
import Testing

/// What dead processes have left, sent by an operator's command.
@Suite struct SpoolReplayTests {
    /// While a batch goes out in parts, an older process dies and leaves batches that go first.
    @Test func aBatchInPartsIsFinishedBeforeOlderOnesThatAppear() throws {
        let folder = try TemporaryFolder()
        let options = SpoolOptions(directory: folder.file("spool"))
        let down = try ScriptedCollector(isListening: false)
        let older = try Pipeline.make(to: down) { $0.spool = options }
        older.count()
        #expect(!older.emitter.flush(timeout: .milliseconds(200)).isComplete)
        #expect(eventually { older.emitter.totals.pendingOnDisk == 1 })
        let newer = try Pipeline.make(to: down) { $0.spool = options }
        newer.count(series: 10)
        #expect(newer.emitter.shutdown(timeout: .seconds(1)).totals.pendingOnDisk == 10)
        let time = SteppedTime()
        let number = Monitor(0)
        let collector = try ScriptedCollector(
            otherwise: .judging { _ in
                let request = number.withLock { number in
                    number += 1
                    return number
                }
                if request == 2 {
                    _ = older.emitter.shutdown(timeout: .seconds(1))
                    time.pass(.seconds(61), for: older.emitter)
                }
                return HTTPAnswer(request == 1 ? 413 : 200)
            })
        var configuration = EmitterConfiguration(environment: [:])
        let endpoint = try #require(Endpoint(exactly: collector.endpoint))
        configuration.endpoint = endpoint
        configuration.clock = time.clock
        var replay = SpoolReplay(
            configuration, directory: options.directory, adoptsUnlocked: false,
            patience: .seconds(200))
        let outcome = replay.run { _ in }
        #expect(outcome.isDone)
        #expect(outcome.totals.recorded == 12 && outcome.totals.delivered == 12)
        #expect(outcome.totals.pending == 0 && outcome.totals.lost == 0)
        #expect(
            try collector.requests.filter(\.isAccepted).map { try $0.points().count } == [
                5, 5, 1, 1,
            ])
    }
}
