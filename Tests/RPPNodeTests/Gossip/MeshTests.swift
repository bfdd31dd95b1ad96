import RPPTelemetry
import Testing

@testable import rpp_node

/// Meshes that a test steps by hand, all on its own thread, over real sockets.
struct MeshTests {
    private static let turnLimit = 5000

    private func make(_ count: Int) throws -> (meshes: [Mesh], books: [Books]) {
        let books = (0..<count).map { _ in Books(telemetry: .unexported()) }
        let seats = try ValidatorSeat.make(count: count, running: count)
        let meshes = zip(seats, books).map { Mesh(seat: $0, books: $1) }
        return (meshes, books)
    }

    /// Steps all meshes until `condition` holds; answers the frames that each received.
    private func step(
        _ meshes: [Mesh], received: inout [[Frame]], until condition: ([[Frame]]) -> Bool
    ) {
        for _ in 0..<Self.turnLimit where !condition(received) {
            for (index, mesh) in meshes.enumerated() {
                for event in mesh.turn(timeout: .milliseconds(1)) {
                    if case .received(let frame, _) = event { received[index].append(frame) }
                }
            }
        }
    }

    @Test func bytesWrittenAreBytesReadTopicByTopic() throws {
        let (meshes, books) = try make(3)
        var received = [[Frame]](repeating: [], count: 3)
        step(meshes, received: &received) { _ in meshes.allSatisfy { $0.peers.count == 2 } }
        #expect(meshes.map(\.peers) == [[1, 2], [0, 2], [0, 1]])

        // Large enough that one write can't take it all.
        let large = [UInt8](repeating: 7, count: 900_000)
        let vote = Vote(kind: .prevote, height: 1, round: 0, block: .zero)
        let messages: [GossipMessage] = [
            .vote(vote), .witnessProof(height: 1, proof: large), .blockRequest(height: 3),
            .blockProof(height: 1, round: 0, block: .zero, proof: large), .vote(vote),
        ]
        for message in messages {
            for mesh in meshes { mesh.broadcast(message) }
        }
        step(meshes, received: &received) { $0.allSatisfy { $0.count == 2 * messages.count } }

        var wanted = TopicBytes()
        for message in messages + [.hello(validator: 0)] {
            wanted[message.frame.topic] += 2 * message.frame.encoded().count
        }
        for book in books {
            for topic in GossipTopic.allCases {
                #expect(book.ledger.gossip[topic.rawValue].outbound == wanted[topic])
                #expect(book.ledger.gossip[topic.rawValue].inbound == wanted[topic])
            }
        }
    }

    @Test func lostPeerIsReportedAndComesBack() throws {
        let seats = try ValidatorSeat.make(count: 2, running: 2)
        let first = Mesh(seat: seats[0], books: nil)
        var second: Mesh? = Mesh(seat: seats[1], books: nil)
        var received: [[Frame]] = [[], []]
        step([first, second].compactMap { $0 }, received: &received) { _ in
            first.peers == [1]
        }
        #expect(first.peers == [1])
        second = nil
        step([first], received: &received) { _ in first.peers.isEmpty }
        #expect(first.peers.isEmpty)
        let again = Mesh(seat: seats[1], books: nil)
        step([first, again], received: &received) { _ in first.peers == [1] }
        #expect(first.peers == [1])
    }

    @Test func strangersAreShownTheDoor() throws {
        let seats = try ValidatorSeat.make(count: 2, running: 2)
        let mesh = Mesh(seat: seats[0], books: nil)
        for bytes in [
            [200, 1, 2], GossipMessage.hello(validator: 0).frame.encoded(),
            GossipMessage.hello(validator: 9).frame.encoded(),
            GossipMessage.blockRequest(height: 1).frame.encoded(),
        ] as [[UInt8]] {
            let stranger = try LoopbackSocket.connect(port: seats[0].ports[0])
            #expect(FileBytes.write(bytes[...], to: stranger.value))
            let connection = PeerConnection(stranger, peer: nil, isConnecting: false)
            var chunk = [UInt8](repeating: 0, count: 64)
            for _ in 0..<Self.turnLimit where !connection.isBroken {
                _ = mesh.turn(timeout: .milliseconds(1))
                _ = connection.receive(books: nil, chunk: &chunk)
            }
            #expect(connection.isBroken)
            #expect(mesh.peers.isEmpty)
        }
    }
}
