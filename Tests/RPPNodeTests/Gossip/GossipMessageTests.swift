import RPPTelemetry
import Testing

@testable import rpp_node

struct GossipMessageTests {
    private static let payment = Transaction(sender: 1, receiver: 2, amount: 3, nonce: 4)
    private static let block = Block(
        height: 5, parent: SHA256.hash([1]), proposer: 2, transactions: [payment, payment])
    private static let messages: [GossipMessage] = [
        .hello(validator: 3), .status(height: 7, head: SHA256.hash([2])),
        .transaction(payment), .proposal(round: 6, block: block),
        .blockProof(height: 5, round: 6, block: block.hash, proof: [1, 2, 3]),
        .vote(Vote(kind: .precommit, height: 5, round: 6, block: block.hash)),
        .witnessNotice(height: 8, proof: SHA256.hash([3])),
        .witnessProof(height: 8, proof: [9, 9]), .blockRequest(height: 4),
        .sealedBlock(ProvenBlock(block: block, proof: [7])),
    ]

    @Test(arguments: messages)
    func everyMessageSurvivesItsFrame(message: GossipMessage) throws {
        #expect(try GossipMessage(message.frame) == message)
        #expect(message.frame.topic.isSpoken)
    }

    @Test(arguments: messages)
    func brokenPayloadsAreRefusedNotTrusted(message: GossipMessage) {
        let frame = message.frame
        for length in 0..<frame.payload.count {
            let cut = Frame(topic: frame.topic, payload: Array(frame.payload[..<length]))
            if let decoded = try? GossipMessage(cut) { #expect(decoded != message) }
        }
        let unknown = Frame(topic: .meta, payload: [77])
        #expect(throws: DecodingFailure.unknownKind) { try GossipMessage(unknown) }
    }
}
