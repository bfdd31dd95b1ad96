import Foundation
import Glibc
import RPPTelemetry
import Testing

@testable import rpp_node

struct RPCServerTests {
    private let books = Books(telemetry: .unexported())
    private let view = NodeView(chain: Chain(seed: 1))
    private let server: RPCServer

    init() throws {
        var configuration = NodeConfiguration()
        configuration.lightProofs = .tiny
        server = try RPCServer(
            port: 0,
            handlers: RPCHandlers(view: view, books: books, configuration: configuration))
    }

    @Test func everyCallHasItsStatusAndEveryReplyIsCounted() throws {
        let client = try #require(RPCClient())
        let calls: [(RPCCall, Int)] = [
            (RPCCall("/wallet/status"), 200), (RPCCall("/wallet/get_balance?account=3"), 200),
            (RPCCall("/wallet/get_balance?account=16"), 400),
            (RPCCall("/wallet/get_balance"), 400),
            (RPCCall("/wallet/get_history?account=0"), 200),
            (RPCCall("/wallet/build_proof?account=1"), 200),
            (RPCCall("/wallet/build_proof?account=1&backend=plonky3"), 501),
            (RPCCall("/wallet/build_proof?account=1&backend=gpu"), 400),
            (RPCCall("/proof/block_proof"), 404), (RPCCall("/proof/block_proof?height=x"), 400),
            (RPCCall("/proof/validator_proof?validator=3"), 200),
            (RPCCall("/proof/validator_proof?validator=4"), 400),
            (RPCCall("/proof/wallet_proof?account=2"), 200), (RPCCall("/nowhere"), 404),
            (RPCCall("/wallet/submit_transaction"), 405),
            (RPCCall("/wallet/submit_transaction", form: "from=1"), 400),
            (RPCCall("/wallet/submit_transaction", form: "from=1&to=1&amount=5&nonce=1"), 400),
            (RPCCall("/wallet/submit_transaction", form: "from=1&to=2&amount=5&nonce=1"), 202),
            (
                RPCCall(
                    "/wallet/submit_transaction", form: "from=1&to=2&amount=1000001&nonce=1"),
                409
            ), (RPCCall("/wallet/status", form: "x=1"), 405),
        ]
        var wanted: [Int: Int] = [:]
        for (call, status) in calls {
            #expect(client.perform(call, port: server.port) == status, "\(call)")
            wanted[status, default: 0] += 1
        }
        #expect(server.end())
        #expect(books.ledger.replies == wanted)
        #expect(books.ledger.proofs.made == 3)
        #expect(view.takeSubmissions().count == 1)
    }

    @Test func aFullInboxIsAServerError() throws {
        for nonce in 0..<UInt64(NodeView.maximumSubmissions) {
            #expect(
                view.submit(Transaction(sender: 0, receiver: 1, amount: 1, nonce: nonce)))
        }
        let client = try #require(RPCClient())
        let form = "from=1&to=2&amount=5&nonce=1"
        let call = RPCCall("/wallet/submit_transaction", form: form)
        #expect(client.perform(call, port: server.port) == 503)
        #expect(server.end())
    }

    @Test func garbageIsAnsweredWith400AndTheConnectionEnds() throws {
        let reply = try answers(to: "NONSENSE\r\n\r\n")
        #expect(reply.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(server.end())
        #expect(books.ledger.replies == [400: 1])
    }

    /// Content would be taken for the start of the next answer.
    @Test func anAnswerToHEADHasNoContent() throws {
        let both = "HEAD /wallet/status HTTP/1.1\r\n\r\nGET /nowhere HTTP/1.0\r\n\r\n"
        let heads = try answers(to: both).components(separatedBy: "\r\n\r\n")
        #expect(heads.count == 3, "\(heads)")
        #expect(heads.first?.hasPrefix("HTTP/1.1 405 ") == true)
        #expect(heads.dropFirst().first?.hasPrefix("HTTP/1.1 404 ") == true)
        #expect(server.end())
        #expect(books.ledger.replies == [405: 1, 404: 1])
    }

    /// What the server says on one connection until it ends it.
    private func answers(to requests: String) throws -> String {
        let socket = try LoopbackSocket.connect(port: server.port)
        #expect(FileBytes.write(Array(requests.utf8)[...], to: socket.value))
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1024)
        while socket.wait(for: POLLIN, timeout: .seconds(5)) {
            let count = read(socket.value, &chunk, chunk.count)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func aClientThatSaysNothingDoesNotKeepTheServerFromEnding() throws {
        let silent = try LoopbackSocket.connect(port: server.port)
        let client = try #require(RPCClient())
        #expect(client.perform(RPCCall("/wallet/status"), port: server.port) == 200)
        #expect(server.end())
        withExtendedLifetime(silent) {}
    }

    @Test func driverTriesEveryEndpointAndSomeMistakes() {
        var generator = SplitMix64.stream(1, of: 1)
        let calls = (0..<500).map { _ in RPCCall.random(using: &generator) }
        for route in RPCRoute.allCases {
            #expect(calls.contains { $0.target.hasPrefix(route.rawValue) })
        }
        #expect(calls.contains { $0.target.hasSuffix("backend=plonky3") })
        #expect(calls.contains { $0.target == "/no/such/path" })
    }
}
