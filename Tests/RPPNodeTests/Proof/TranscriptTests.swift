import Testing

@testable import rpp_node

struct TranscriptTests {
    @Test func equalTranscriptsChallengeAlikeAndEveryByteMatters() {
        func challenge(_ header: [UInt8], _ absorbed: [Goldilocks]) -> Goldilocks {
            var transcript = Transcript(header: header)
            transcript.absorb(absorbed)
            return transcript.challenge()
        }
        let usual = challenge([1, 2], [.one])
        #expect(usual == challenge([1, 2], [.one]))
        #expect(usual != challenge([1, 3], [.one]))
        #expect(usual != challenge([1, 2], [.zero]))
        #expect(usual != challenge([1, 2], [.one, .one]))
    }

    @Test func challengesFollowOneAnother() {
        var transcript = Transcript(header: [])
        let values = (0..<50).map { _ in transcript.challenge().value }
        #expect(Set(values).count == 50)
        #expect(values.allSatisfy { $0 < Goldilocks.modulus })
    }

    @Test(arguments: [1, 2, 128])
    func positionsAreBelowTheirBound(bound: Int) {
        var transcript = Transcript(header: [7])
        transcript.absorb(SHA256.hash([1]))
        let positions = transcript.positions(2000, below: bound)
        #expect(positions.count == 2000)
        #expect(Set(positions) == Set(0..<bound))
    }
}
