import Instruments
import OTelEmitter
import TestSupport
import Testing

/// A collector that says the same again and again (scenario H12), as `RefusalReport` tells it.
extension AnswerScenarioTests {
    private static let texts = ["the first text", "the second text"]
    /// Exports a minute apart, from 0 on: a little more than an hour.
    private static let exports = 62
    private static let series = 5

    /// Two texts in turn, one an export.
    ///
    /// - Parameter rejected: data points of each export that the collector says it rejected.
    private func alternate(rejected: Int) throws -> Scenario {
        let turn = Monitor(0)
        let collector = try ScriptedCollector(
            otherwise: .judging { _ in
                let text = turn.withLock { turn in
                    defer { turn += 1 }
                    return Self.texts[turn % Self.texts.count]
                }
                return HTTPAnswer(
                    200,
                    body: "{\"partialSuccess\":{\"rejectedDataPoints\":\"\(rejected)\","
                        + "\"errorMessage\":\"\(text)\"}}")
            })
        let scenario = try Scenario.make(to: collector) { $0.exportInterval = .seconds(86_400) }
        for minute in 0..<Self.exports {
            if minute > 0 { scenario.pass(.seconds(60)) }
            scenario.count(series: Self.series)
            #expect(scenario.flush().isComplete == (rejected == 0))
        }
        return scenario
    }

    /// Each is told once, then every ten minutes with the sum since, until the hour has its eight
    /// lines; the next hour goes on with what was left untold.
    @Test func h12_twoRefusalsInTurnAreToldOnceEachAndRemindedOf() throws {
        let scenario = try alternate(rejected: 2)
        // At the minutes 0 and 1, 10 and 11, 20 and 21, 30 and 31; 60 and 61.
        let told = [2, 10, 10, 10, 30].flatMap { points in
            Self.texts.map { text in
                EmitterDiagnostic.rejected(
                    endpoint: scenario.collector.endpoint, reason: text, points: points)
            }
        }
        scenario.expectTold(told.map { _ in "rejected" })
        #expect(scenario.told.all == told)
        let rejected = 2 * Self.exports
        try scenario.expectHolds(
            recorded: Self.series * Self.exports, lost: [.rejected: rejected],
            rejectedWithin: rejected)
    }

    @Test func h12_twoWarningsInTurnAreToldOnceEachAndRemindedOf() throws {
        let scenario = try alternate(rejected: 0)
        let told = (0..<5).flatMap { _ in
            Self.texts.map { text in
                EmitterDiagnostic.collectorWarns(
                    endpoint: scenario.collector.endpoint, message: text)
            }
        }
        scenario.expectTold(told.map { _ in "warns" })
        #expect(scenario.told.all == told)
        try scenario.expectHolds(recorded: Self.series * Self.exports)
    }
}
