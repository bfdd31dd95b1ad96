import Testing

@testable import rpp_node

struct VoteTests {
    private let vote = Vote(kind: .precommit, height: 7, round: 3, block: SHA256.hash([1]))

    @Test func aVoteComesBackAsItWas() throws {
        var reader = ByteReader(vote.encoded())
        #expect(try Vote(from: &reader) == vote)
        try reader.finish()
    }

    @Test func anUnknownKindAndMissingBytesAreRefused() {
        var bytes = vote.encoded()
        for length in 0..<bytes.count {
            var reader = ByteReader(bytes[..<length])
            #expect(throws: DecodingFailure.truncated) { try Vote(from: &reader) }
        }
        bytes[0] = 2
        var reader = ByteReader(bytes)
        #expect(throws: DecodingFailure.unknownKind) { try Vote(from: &reader) }
    }
}
