import Testing

@testable import OTelEmitter

@Suite struct ReplayPaceTests {
    private func at(_ seconds: Double) -> MonotonicTime {
        MonotonicTime(nanoseconds: Int64(seconds * 1e9))
    }

    @Test func theFirstBatchGoesAtOnceAndTheNextInProportion() {
        var pace = ReplayPace()
        #expect(pace.next <= at(0))
        pace.replayed(ReplayPace.slowest / 2, at: at(10))
        #expect(pace.next == at(10.5))
        pace.replayed(ReplayPace.slowest, at: at(20))
        #expect(pace.next == at(21))
    }

    @Test func drainingIsFasterThanProductionWhateverThatIs() {
        for perSecond in [1, 1 << 20, 100 << 20] {
            var pace = ReplayPace()
            var time = 0.0
            for _ in 0..<20 {
                time += 1
                pace.produced(perSecond, at: at(time))
            }
            // What a hundred seconds brought is drained in less than half of that.
            let start = at(time)
            pace.replayed(perSecond * 100, at: start)
            #expect(pace.next - start < .seconds(50), "\(perSecond)")
        }
    }

    @Test func aCollectionRightAfterAnotherDoesNotDivideByZero() {
        var pace = ReplayPace()
        pace.produced(1000, at: at(1))
        pace.produced(1000, at: at(1))
        pace.replayed(1000, at: at(1))
        #expect(pace.next > at(1))
    }
}
