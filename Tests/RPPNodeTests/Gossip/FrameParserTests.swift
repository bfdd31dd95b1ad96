import RPPTelemetry
import Testing

@testable import rpp_node

struct FrameParserTests {
    private func makeFrames(seed: UInt64) -> [Frame] {
        var generator = SplitMix64(seed: seed)
        return (0..<40).map { _ in
            let topic = GossipTopic.allCases.randomElement(using: &generator) ?? .meta
            let length = Int.random(in: 0...50, using: &generator)
            let payload = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            return Frame(topic: topic, payload: payload)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 64, 1000, 100_000])
    func everyByteHasItsTopicHoweverTheStreamIsCut(chunkSize: Int) throws {
        let frames = makeFrames(seed: 31)
        var wanted = TopicBytes()
        for frame in frames { wanted[frame.topic] += frame.encoded().count }
        let stream = frames.flatMap { $0.encoded() }
        var parser = FrameParser()
        var seen = TopicBytes()
        var parsed: [Frame] = []
        for start in stride(from: 0, to: stream.count, by: chunkSize) {
            let chunk = stream[start..<min(start + chunkSize, stream.count)]
            parsed += try parser.consume(chunk, counting: &seen)
            #expect(seen.total == chunk.endIndex, "no byte may wait for its topic")
        }
        #expect(parsed == frames)
        #expect(seen == wanted)
    }

    @Test func unknownTopicEndsTheStreamAfterWhatWasKnown() {
        let good = Frame(topic: .votes, payload: [1]).encoded()
        var parser = FrameParser()
        var seen = TopicBytes()
        #expect(throws: FrameParser.Failure.unknownTopic(9)) {
            try parser.consume((good + [9, 0, 0])[...], counting: &seen)
        }
        #expect(seen[.votes] == 6)
        #expect(seen.total == 6)
    }

    @Test func overlongFrameIsRefusedAtItsHeader() {
        var writer = ByteWriter()
        writer.write(UInt8(0))
        writer.write(UInt32(Frame.maximumPayload + 1))
        var parser = FrameParser()
        var seen = TopicBytes()
        #expect(throws: FrameParser.Failure.payloadTooLong(1_048_577)) {
            try parser.consume(writer.bytes[...], counting: &seen)
        }
        #expect(seen[.blocks] == 5)
    }
}
