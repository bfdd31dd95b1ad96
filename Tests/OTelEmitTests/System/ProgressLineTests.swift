import Testing

@testable import otel_emit

@Suite struct ProgressLineTests {
    private final class Screen {
        var text = ""
    }

    private let start = ContinuousClock.now

    /// What is written when an update comes at each of these times, in seconds.
    private func written(
        isForced: Bool, isTerminal: Bool, at times: [Double]
    ) -> String {
        let screen = Screen()
        var line = ProgressLine(isForced: isForced, isTerminal: isTerminal, now: start) {
            screen.text += $0
        }
        for time in times { line.update(now: start + .seconds(time)) { "at \(time)" } }
        line.end()
        return screen.text
    }

    @Test func shortWorkIsNotTold() {
        #expect(written(isForced: true, isTerminal: true, at: [0, 0.5, 0.99]) == "")
    }

    @Test func longWorkIsToldOnceInASecond() {
        #expect(
            written(isForced: true, isTerminal: false, at: [0.5, 1, 1.5, 1.99, 2.25, 3])
                == "otel-emit: at 1.0\notel-emit: at 2.25\n")
    }

    @Test func terminalShowsTheLatestLineOnly() {
        #expect(
            written(isForced: false, isTerminal: true, at: [1, 2])
                == "\rotel-emit: at 1.0\u{1B}[K\rotel-emit: at 2.0\u{1B}[K\n")
    }

    @Test func nothingIsToldThatNobodyWantsToSee() {
        #expect(written(isForced: false, isTerminal: false, at: [1, 2]) == "")
    }
}
