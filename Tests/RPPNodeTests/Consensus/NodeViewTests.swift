import Testing

@testable import rpp_node

@Suite struct NodeViewTests {
    private let start = MonotonicInstant.now
    private let view = NodeView(chain: Chain(seed: 1))

    /// The state with one block.
    private func nextState() -> NodeView.State {
        var chain = Chain(seed: 1)
        let block = Block(height: 1, parent: chain.head, proposer: 0, transactions: [])
        chain.append(ProvenBlock(block: block, proof: []))
        return NodeView.State(chain: chain)
    }

    @Test func aNodeIsWellWhileItsHeadMoves() {
        #expect(view.health(at: start) == .ok)
        let late = start.advanced(by: view.stallLimit + .seconds(60))
        #expect(view.health(at: late) == .stalled)
        // The same head once more is no progress.
        view.publish(view.state, at: late)
        #expect(view.health(at: late) == .stalled)
        view.publish(nextState(), at: late)
        #expect(view.health(at: late.advanced(by: view.stallLimit)) == .ok)
        #expect(view.health(at: late.advanced(by: view.stallLimit + .seconds(1))) == .stalled)
    }

    /// Twenty seconds without a block are no more than a round takes.
    @Test func slowRoundsAreNoStall() {
        let slow = NodeView(chain: Chain(seed: 1), roundInterval: .seconds(20))
        #expect(slow.health(at: start.advanced(by: .seconds(59))) == .ok)
        #expect(slow.health(at: start.advanced(by: .seconds(62))) == .stalled)
        #expect(view.stallLimit == .seconds(10))
    }

    @Test func aFinishedNodeIsNotStalled() {
        view.finish()
        let late = start.advanced(by: view.stallLimit + .seconds(60))
        #expect(view.health(at: late) == .finished)
    }
}
