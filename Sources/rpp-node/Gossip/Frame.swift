internal import RPPTelemetry

/// One message on a gossip connection: topic (1 byte), payload length (4 bytes), payload.
///
/// The topic comes first, so that every byte of a read can be attributed to a topic at once.
struct Frame: Equatable, Sendable {
    static let headerBytes = 5
    /// A longer payload ends the connection; in bytes.
    static let maximumPayload = 1 << 20

    let topic: GossipTopic
    let payload: [UInt8]

    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.write(UInt8(truncatingIfNeeded: topic.rawValue))
        writer.write(UInt32(truncatingIfNeeded: payload.count))
        writer.write(payload)
        return writer.bytes
    }
}
