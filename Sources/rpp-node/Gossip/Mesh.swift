internal import Glibc
internal import RPPTelemetry

/// The full mesh of one validator. It dials the validators before it and accepts those after it.
///
/// It belongs to its validator's thread.
final class Mesh {
    /// Something that happened during a turn.
    enum Event {
        case connected(peer: Int)
        case disconnected(peer: Int)
        case received(Frame, from: Int)
        /// A greeting named a validator that can't be at the other end of the connection.
        case refusedGreeting
    }

    /// The time after which a refused or broken connection is tried again.
    static let redialInterval = Duration.milliseconds(250)

    private let seat: ValidatorSeat
    private let books: Books?
    private var connections: [PeerConnection] = []
    private var nextDial = MonotonicInstant.now
    private var chunk = [UInt8](repeating: 0, count: PeerConnection.chunkBytes)
    /// The peers that have said hello, in ascending order.
    private(set) var peers: [Int] = []

    init(seat: ValidatorSeat, books: Books?) {
        self.seat = seat
        self.books = books
    }

    /// Takes one turn: dials, waits for at most `timeout`, reads and writes. Returns what happened,
    /// in order.
    func turn(timeout: Duration) -> [Event] {
        dialMissingPeers()
        var entries = connections.map { connection in
            pollfd(
                fd: connection.socket.value,
                events: Int16(connection.wantsToWrite ? POLLIN | POLLOUT : POLLIN), revents: 0)
        }
        entries.append(pollfd(fd: seat.listener.value, events: Int16(POLLIN), revents: 0))
        // After a failed or interrupted poll nothing is marked as ready, and the next turn polls
        // again.
        guard poll(&entries, nfds_t(entries.count), timeout.pollMilliseconds) > 0 else {
            return []
        }
        var events: [Event] = []
        for (connection, entry) in zip(connections, entries) where entry.revents != 0 {
            connection.finishConnecting()
            for frame in connection.receive(books: books, chunk: &chunk) {
                handle(frame, on: connection, into: &events)
            }
            connection.flush(books: books)
        }
        if entries[entries.count - 1].revents != 0 { acceptWaitingPeers() }
        removeBroken(into: &events)
        return events
    }

    /// Sends to every peer what the kernel takes at once. The rest follows in the next turns.
    func broadcast(_ message: GossipMessage) {
        broadcast(message.frame)
    }

    func broadcast(_ frame: Frame) {
        let bytes = frame.encoded()
        for connection in connections where isGreeted(connection) {
            connection.send(bytes, topic: frame.topic)
            connection.flush(books: books)
        }
    }

    func send(_ message: GossipMessage, to peer: Int) {
        let frame = message.frame
        for connection in connections where isGreeted(connection) && connection.peer == peer {
            connection.send(frame.encoded(), topic: frame.topic)
            connection.flush(books: books)
        }
    }

    /// Opens a further connection to a peer, under the name of any validator.
    func greet(_ peer: Int, as name: UInt8) {
        guard let socket = try? LoopbackSocket.connect(port: seat.ports[peer]) else { return }
        let connection = PeerConnection(socket, peer: nil, isConnecting: true)
        let hello = GossipMessage.hello(validator: name).frame
        connection.send(hello.encoded(), topic: hello.topic)
        connections.append(connection)
    }

    private func isGreeted(_ connection: PeerConnection) -> Bool {
        guard !connection.isBroken, let peer = connection.peer else { return false }
        return peers.contains(peer)
    }

    private func dialMissingPeers() {
        guard MonotonicInstant.now >= nextDial else { return }
        nextDial = MonotonicInstant.now.advanced(by: Self.redialInterval)
        for peer in 0..<seat.index where !connections.contains(where: { $0.peer == peer }) {
            guard let socket = try? LoopbackSocket.connect(port: seat.ports[peer]) else {
                continue
            }
            add(PeerConnection(socket, peer: peer, isConnecting: true))
        }
    }

    private func acceptWaitingPeers() {
        // Every validator has at most one connection to each other validator, so further ones come
        // from strangers.
        while let socket = LoopbackSocket.accept(from: seat.listener) {
            guard connections.count < 2 * seat.ports.count else { continue }
            add(PeerConnection(socket, peer: nil, isConnecting: false))
        }
    }

    /// Both ends greet. A peer counts as connected once its greeting has arrived.
    private func add(_ connection: PeerConnection) {
        let hello = GossipMessage.hello(validator: UInt8(truncatingIfNeeded: seat.index)).frame
        connection.send(hello.encoded(), topic: hello.topic)
        connections.append(connection)
    }

    private func handle(
        _ frame: Frame, on connection: PeerConnection, into events: inout [Event]
    ) {
        if let peer = connection.peer, peers.contains(peer) {
            events.append(.received(frame, from: peer))
            return
        }
        guard case .hello(let validator)? = try? GossipMessage(frame) else {
            return connection.breakOff()
        }
        guard seat.mayGreet(Int(validator), dialled: connection.peer) else {
            events.append(.refusedGreeting)
            return connection.breakOff()
        }
        guard !peers.contains(Int(validator)) else { return connection.breakOff() }
        connection.peer = Int(validator)
        peers = (peers + [Int(validator)]).sorted()
        events.append(.connected(peer: Int(validator)))
    }

    private func removeBroken(into events: inout [Event]) {
        for connection in connections where connection.isBroken {
            guard let peer = connection.peer, peers.contains(peer),
                !connections.contains(where: { !$0.isBroken && $0.peer == peer })
            else { continue }
            peers.removeAll { $0 == peer }
            events.append(.disconnected(peer: peer))
        }
        connections.removeAll(where: \.isBroken)
    }
}
