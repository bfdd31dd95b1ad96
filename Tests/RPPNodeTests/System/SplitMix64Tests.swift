import Testing

@testable import rpp_node

struct SplitMix64Tests {
    /// The first numbers of Vigna's program for this seed.
    @Test func knownNumbers() {
        var generator = SplitMix64(seed: 1_234_567)
        let numbers = (0..<5).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func purposesHaveStreamsOfTheirOwn() {
        func first(_ purpose: UInt64, _ seed: UInt64) -> UInt64 {
            var stream = SplitMix64.stream(purpose, of: seed)
            return stream.next()
        }
        let numbers = (0..<20).flatMap { purpose in (0..<20).map { first(purpose, $0) } }
        #expect(Set(numbers).count == 400)
        #expect(first(3, 4) == first(3, 4))
    }
}
