import Testing

@testable import rpp_node

struct HeightStateTests {
    private func candidate(_ proposer: UInt8) -> ProvenBlock {
        ProvenBlock(
            block: Block(height: 1, parent: .zero, proposer: proposer, transactions: []),
            proof: [])
    }

    private func vote(_ kind: Vote.Kind, _ block: ProvenBlock, round: UInt64 = 0) -> Vote {
        Vote(kind: kind, height: 1, round: round, block: block.block.hash)
    }

    private func make(_ proposed: ProvenBlock? = nil) -> HeightState {
        var state = HeightState(height: 1, validators: 4)
        state.openRound()
        if let proposed { state.add(proposed, round: 0) }
        return state
    }

    @Test func quorumIsMoreThanTwoThirds() {
        #expect([1, 2, 3, 4, 5, 6, 7, 10].map(HeightState.quorum) == [1, 2, 3, 3, 4, 5, 5, 7])
    }

    @Test func threeOfFourDecideAndTwoDoNot() {
        let block = candidate(0)
        var state = make(block)
        #expect(state.nextStep() == .prevote(block.block.hash))
        #expect(state.nextStep() == nil)
        for validator in [0, 1, 1, 1] { state.add(vote(.prevote, block), from: validator) }
        #expect(state.nextStep() == nil)
        state.add(vote(.prevote, block), from: 2)
        #expect(state.nextStep() == .precommit(block.block.hash))
        #expect(state.locked == block.block.hash)
        for validator in 0...1 { state.add(vote(.precommit, block), from: validator) }
        #expect(state.nextStep() == nil)
        state.add(vote(.precommit, block), from: 3)
        #expect(state.nextStep() == .seal(block.block.hash))
    }

    @Test func onlyAValidatorsFirstVoteCounts() {
        let (first, second) = (candidate(0), candidate(1))
        var state = make(first)
        _ = state.nextStep()
        for validator in 0...2 { state.add(vote(.prevote, second), from: validator) }
        for validator in 0...2 { state.add(vote(.prevote, first), from: validator) }
        // The votes went to a block that nobody has shown, so there is nothing to precommit.
        #expect(state.nextStep() == nil)
    }

    @Test func lockedValidatorPrevotesNothingElse() {
        let (first, second) = (candidate(0), candidate(1))
        var state = make(first)
        _ = state.nextStep()
        for validator in 0...2 { state.add(vote(.prevote, first), from: validator) }
        #expect(state.nextStep() == .precommit(first.block.hash))
        state.enterRound(1)
        state.openRound()
        state.add(second, round: 1)
        #expect(state.nextStep() == nil)
        for validator in 1...3 { state.add(vote(.prevote, second, round: 1), from: validator) }
        #expect(state.nextStep() == .precommit(second.block.hash))
    }

    @Test func precommitsOfAnEarlierRoundStillSeal() {
        let block = candidate(0)
        var state = make(block)
        _ = state.nextStep()
        state.enterRound(1)
        state.openRound()
        for validator in 1...3 { state.add(vote(.precommit, block), from: validator) }
        #expect(state.nextStep() == .seal(block.block.hash))
    }

    @Test func twoPeersInALaterRoundPullUsAlongAndOneDoesNot() {
        var state = make()
        state.sawPeer(1, inRound: 5)
        #expect(state.roundToJoin == nil)
        state.sawPeer(2, inRound: 3)
        #expect(state.roundToJoin == 3)
        state.enterRound(3)
        #expect(state.roundToJoin == nil)
    }

    @Test func farAwayRoundsAreNotRemembered() {
        let block = candidate(0)
        var state = make(block)
        let far = HeightState.roundWindow + 1
        for validator in 1...3 {
            state.add(vote(.precommit, block, round: far), from: validator)
        }
        #expect(state.nextStep() == .prevote(block.block.hash))
        #expect(state.nextStep() == nil)
    }
}
