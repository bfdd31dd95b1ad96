internal import RPPTelemetry

/// Divides a stream of bytes into frames, however the stream was divided into reads.
struct FrameParser {
    /// Why a stream is not gossip. The connection has to end.
    enum Failure: Error, Equatable {
        case unknownTopic(UInt8)
        case payloadTooLong(UInt32)
    }

    private var topic: GossipTopic?
    private var lengthBytes: [UInt8] = []
    private var missing = 0
    private var payload: [UInt8] = []

    /// Takes the bytes of one read and attributes each to its topic in `bytes`.
    ///
    /// A byte that names no topic can't be attributed, and neither can the bytes after it.
    mutating func consume(
        _ chunk: ArraySlice<UInt8>, counting bytes: inout TopicBytes
    ) throws(Failure) -> [Frame] {
        var frames: [Frame] = []
        var rest = chunk
        while let first = rest.first {
            guard let topic else {
                guard let known = GossipTopic(rawValue: Int(first)) else {
                    throw .unknownTopic(first)
                }
                self.topic = known
                bytes[known] += 1
                rest = rest.dropFirst()
                continue
            }
            let taken = lengthBytes.count < 4 ? takeLength(rest) : takePayload(rest)
            bytes[topic] += taken
            rest = rest.dropFirst(taken)
            guard lengthBytes.count == 4 else { continue }
            guard missing <= Frame.maximumPayload else {
                throw .payloadTooLong(UInt32(truncatingIfNeeded: missing))
            }
            if missing == 0 {
                frames.append(Frame(topic: topic, payload: payload))
                self = FrameParser()
            }
        }
        return frames
    }

    private mutating func takeLength(_ rest: ArraySlice<UInt8>) -> Int {
        let taken = rest.prefix(4 - lengthBytes.count)
        lengthBytes += taken
        if lengthBytes.count == 4 {
            missing = lengthBytes.reduce(0) { $0 << 8 | Int($1) }
        }
        return taken.count
    }

    private mutating func takePayload(_ rest: ArraySlice<UInt8>) -> Int {
        let taken = rest.prefix(missing)
        payload += taken
        missing -= taken.count
        return taken.count
    }
}
