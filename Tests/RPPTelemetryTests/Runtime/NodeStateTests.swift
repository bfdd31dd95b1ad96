import Testing

@testable import RPPTelemetry

@Suite struct NodeStateTests {
    @Test func firstLeaderOfTheProcessIsNoChange() {
        var state = NodeState()
        let answer1 = state.start(height: 1, round: 0, leader: "a")
        #expect(!answer1)
        let answer2 = state.start(height: 1, round: 1, leader: "a")
        #expect(!answer2)
        let answer3 = state.start(height: 2, round: 0, leader: "b")
        #expect(answer3)
    }

    @Test func quorumCountsOnceAndOnlyForTheLatestRound() {
        var state = NodeState()
        let answer4 = state.reachQuorum(height: 1, round: 0, after: .milliseconds(5))
        #expect(!answer4)
        _ = state.start(height: 1, round: 0, leader: "a")
        let answer5 = state.reachQuorum(height: 1, round: 1, after: .milliseconds(5))
        #expect(!answer5)
        let answer6 = state.reachQuorum(height: 1, round: 0, after: .microseconds(7600))
        #expect(answer6)
        let answer7 = state.reachQuorum(height: 1, round: 0, after: .milliseconds(9))
        #expect(!answer7)
        #expect(state.quorumLatency == 8)
    }

    @Test func startingARoundClearsTheQuorumLatency() {
        var state = NodeState()
        _ = state.start(height: 1, round: 0, leader: "a")
        _ = state.reachQuorum(height: 1, round: 0, after: .milliseconds(5))
        _ = state.start(height: 2, round: 0, leader: "a")
        #expect(state.quorumLatency == nil)
    }

    @Test func endCountsOnceAndOnlyForTheLatestRound() {
        var state = NodeState()
        _ = state.start(height: 1, round: 0, leader: "a")
        _ = state.start(height: 2, round: 0, leader: "a")
        let answer8 = state.end(height: 1, round: 0, after: .milliseconds(1))
        #expect(!answer8)
        let answer9 = state.end(height: 2, round: 0, after: .milliseconds(2))
        #expect(answer9)
        let answer10 = state.end(height: 2, round: 0, after: .milliseconds(3))
        #expect(!answer10)
        #expect(state.roundDurations == [2])
    }

    @Test func onlyTheLast32RoundsAreKeptOldestFirst() {
        var state = NodeState()
        for round in 0..<40 {
            _ = state.start(height: 1, round: UInt64(round), leader: "a")
            _ = state.end(height: 1, round: UInt64(round), after: .milliseconds(round))
        }
        #expect(state.roundDurations == (8..<40).map { UInt64($0) })
    }

    @Test(arguments: [
        (Duration.microseconds(499), UInt64(0)), (.microseconds(500), 1), (.seconds(-3), 0),
        (.seconds(Int64.max), 9_000_000_000_000_000),
    ])
    func durationsAreRoundedToWholeMilliseconds(_ duration: Duration, _ expected: UInt64) {
        #expect(duration.wholeMilliseconds == expected)
    }
}
