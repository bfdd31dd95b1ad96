internal import RPPTelemetry

/// The frames that wait until a peer takes them.
struct OutboundQueue {
    /// A peer for which more than this is waiting is disconnected; in bytes.
    static let maximumBytes = 8 << 20

    private var frames: [(topic: GossipTopic, bytes: [UInt8])] = []
    private var head = 0
    /// The number of bytes of the first frame that were written.
    private var offset = 0
    private var waitingBytes = 0

    var isEmpty: Bool { head == frames.count }

    /// Appends a frame. Returns false, and appends nothing, if the frame would exceed the limit.
    mutating func append(_ bytes: [UInt8], topic: GossipTopic) -> Bool {
        guard waitingBytes + bytes.count <= Self.maximumBytes else { return false }
        waitingBytes += bytes.count
        frames.append((topic, bytes))
        return true
    }

    /// What remains of the first frame.
    var next: (topic: GossipTopic, bytes: ArraySlice<UInt8>)? {
        isEmpty ? nil : (frames[head].topic, frames[head].bytes[offset...])
    }

    /// Notes that this many bytes of `next` were written.
    mutating func advance(by count: Int) {
        waitingBytes -= count
        offset += count
        guard offset == frames[head].bytes.count else { return }
        head += 1
        offset = 0
        if isEmpty {
            frames.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 64 {
            frames.removeFirst(head)
            head = 0
        }
    }
}
