import Testing

@testable import RPPTelemetry

@Suite struct SnapshotStreamsTests {
    private func snapshot(_ height: UInt64) -> TelemetrySnapshot {
        var snapshot = TelemetrySnapshot()
        snapshot.blockHeight = height
        return snapshot
    }

    @Test func whoIsSlowGetsTheNewest() async {
        let streams = SnapshotStreams()
        let (one, other) = (streams.make(), streams.make())
        for height in 1...5 as ClosedRange<UInt64> { streams.yield(snapshot(height)) }
        streams.finish()
        for stream in [one, other] {
            var heights: [UInt64] = []
            for await snapshot in stream { heights.append(snapshot.blockHeight) }
            #expect(heights == [5])
        }
    }

    @Test func afterTheEndThereIsNothing() async {
        let streams = SnapshotStreams()
        streams.finish()
        streams.yield(snapshot(1))
        for await _ in streams.make() { Issue.record("a snapshot after the end") }
    }

    @Test func oneThatIsLetGoIsForgotten() async {
        let streams = SnapshotStreams()
        do {
            let stream = streams.make()
            streams.yield(snapshot(1))
            for await _ in stream { break }
        }
        streams.yield(snapshot(2))
        let later = streams.make()
        streams.yield(snapshot(3))
        for await snapshot in later {
            #expect(snapshot.blockHeight == 3)
            break
        }
    }
}
