internal import Glibc
internal import RPPTelemetry

/// A TCP connection to another validator. It belongs to its own validator's thread.
final class PeerConnection {
    /// The most that one turn reads from one peer, so that a busy peer can't starve the others; in
    /// bytes.
    static let maximumReadPerTurn = 1 << 20
    static let chunkBytes = 1 << 16

    let socket: OwnedDescriptor
    /// The validator at the other end. It is known from the start if it was dialled, otherwise from
    /// its hello.
    var peer: Int?
    var isConnecting: Bool
    private(set) var isBroken = false
    private var parser = FrameParser()
    private var outbound = OutboundQueue()

    init(_ socket: OwnedDescriptor, peer: Int?, isConnecting: Bool) {
        self.socket = socket
        self.peer = peer
        self.isConnecting = isConnecting
    }

    var wantsToWrite: Bool { isConnecting || !outbound.isEmpty }

    func breakOff() {
        isBroken = true
    }

    /// Queues bytes for the peer. If the queue is full, the peer has taken nothing for too long,
    /// and the connection breaks.
    func send(_ bytes: [UInt8], topic: GossipTopic) {
        if !outbound.append(bytes, topic: topic) { isBroken = true }
    }

    /// Writes what the kernel takes. The books record the bytes of each write under their topic.
    func flush(books: Books?) {
        while !isBroken, let (topic, bytes) = outbound.next {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket.value, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                books?.bytesMoved(count, topic: topic, direction: .outbound)
                outbound.advance(by: count)
            } else if errno == EAGAIN {
                return
            } else if errno != EINTR {
                isBroken = true
            }
        }
    }

    /// Reads what has arrived. The books record the bytes of each read under their topics.
    func receive(books: Books?, chunk: inout [UInt8]) -> [Frame] {
        var frames: [Frame] = []
        var received = 0
        while !isBroken, received < Self.maximumReadPerTurn {
            let count = read(socket.value, &chunk, chunk.count)
            if count > 0 {
                received += count
                var bytes = TopicBytes()
                do throws(FrameParser.Failure) {
                    frames += try parser.consume(chunk[..<count], counting: &bytes)
                } catch {
                    isBroken = true
                }
                for (topic, count) in bytes.nonZero {
                    books?.bytesMoved(count, topic: topic, direction: .inbound)
                }
                if count < chunk.count { break }
            } else if count < 0, errno == EINTR {
                continue
            } else {
                // An end of file or an error such as ECONNRESET breaks the connection; an empty
                // socket does not.
                if count == 0 || errno != EAGAIN { isBroken = true }
                break
            }
        }
        return frames
    }

    /// Ends the connecting phase once poll(2) has reported the socket.
    func finishConnecting() {
        guard isConnecting else { return }
        isConnecting = false
        if LoopbackSocket.pendingError(of: socket) != 0 { isBroken = true }
    }
}
