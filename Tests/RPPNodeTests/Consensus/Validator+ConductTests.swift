import RPPTelemetry
import Testing

@testable import rpp_node

/// What peers may send, and what the node writes down of it.
struct ValidatorConductTests {
    private func make(validators: Int) throws -> (validator: Validator, books: Books) {
        var configuration = NodeConfiguration()
        configuration.validators = validators
        configuration.blockProofs = .tiny
        configuration.lightProofs = .tiny
        let books = Books(telemetry: .unexported())
        let seats = try ValidatorSeat.make(count: validators, running: 1)
        let directory = try DataDirectory(named: nil)
        let validator = Validator(
            seat: seats[0], configuration: configuration,
            node: Validator.Node(
                books: books, view: NodeView(chain: Chain(seed: 1)),
                storage: try ChainStorage(directory: directory.path)),
            stop: try StopLatch())
        return (validator, books)
    }

    /// Numbers at their ends, from one peer of two and of four.
    @Test(arguments: [2, 4], [UInt64.max, UInt64.max - 1, UInt64.max - 64, 0, 1, 2])
    func noNumberEndsTheNode(validators: Int, number: UInt64) throws {
        let (validator, books) = try make(validators: validators)
        let head = validator.chain.head
        let block = Block(height: number, parent: .zero, proposer: 1, transactions: [])
        for other in [number, 1, .max] as [UInt64] {
            for message in [
                .vote(Vote(kind: .prevote, height: number, round: other, block: .zero)),
                .vote(Vote(kind: .precommit, height: other, round: number, block: .zero)),
                .proposal(round: other, block: block),
                .blockProof(height: number, round: other, block: .zero, proof: []),
                .status(height: number, head: .zero), .blockRequest(height: number),
                .sealedBlock(ProvenBlock(block: block, proof: [])),
                .witnessNotice(height: number, proof: .zero),
                .witnessProof(height: number, proof: [1]), .hello(validator: 255),
            ] as [GossipMessage] {
                validator.handle(message, from: 1)
            }
        }
        validator.publishLevels()
        // One peer seals nothing alone, and what is kept of its messages is little.
        #expect(validator.view?.state.chain.height == 0 && validator.chain.head == head)
        #expect(validator.state.height == 1)
        #expect(validator.early.count <= 3 * 4 && validator.unproven.count <= 1)
        // The validator goes on: it takes a vote that is in order.
        let votes = { books.ledger.consensus.witnessed[WitnessTopic.votes.rawValue] }
        let before = votes()
        validator.handle(
            .vote(Vote(kind: .prevote, height: 1, round: 0, block: .zero)), from: 1)
        #expect(votes() == before + 1)
    }

    @Test func votesOfFarHeightsDoNotCountAndThoseNearbyAreNobodysFault() throws {
        let (validator, books) = try make(validators: 4)
        for height in [0, 1, 2, 3, 100] as [UInt64] {
            validator.handle(
                .vote(Vote(kind: .prevote, height: height, round: 0, block: .zero)), from: 1)
        }
        let failed = books.ledger.consensus.failedVotes
        #expect(failed[VoteFailure.externalVote.rawValue] == 2)
    }

    @Test func aSecondDifferentVoteIsAFault() throws {
        let (validator, books) = try make(validators: 4)
        for block in [Digest.zero, .zero, SHA256.hash([1])] {
            validator.handle(
                .vote(Vote(kind: .prevote, height: 1, round: 0, block: block)), from: 1)
        }
        #expect(
            books.ledger.consensus.slashed[SlashingReason.consensusFault.rawValue] == 1)
        #expect(books.ledger.consensus.witnessed[WitnessTopic.votes.rawValue] == 3)
    }
}
