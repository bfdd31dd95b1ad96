import Testing

@testable import rpp_node

struct PeerScoreTests {
    @Test func goodMessagesEarnUpToALimit() {
        var score = PeerScore()
        for _ in 0..<1000 { score.note(.validMessage) }
        #expect(score.value == PeerScore.highest)
    }

    /// Each of the contract's marks can be passed.
    @Test(arguments: [
        (PeerScore.Deed.undecodableFrame, 2, -5.0), (.invalidProof, 2, -15),
        (.conflictingVote, 4, -30),
        (.untimelyVote, 31, -30),
    ])
    func badDeedsPassTheMarks(deed: PeerScore.Deed, times: Int, mark: Double) {
        var score = PeerScore()
        for _ in 0..<times { score.note(deed) }
        #expect(score.value < mark)
        for _ in 0..<1000 { score.note(deed) }
        #expect(score.value == PeerScore.lowest)
    }

    @Test func deedsAreForgotten() {
        var score = PeerScore()
        score.note(.conflictingVote)
        for _ in 0..<200 { score.forget() }
        #expect(abs(score.value) < 0.001)
    }
}
