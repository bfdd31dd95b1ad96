import Foundation
import Instruments
import OTelEmitter
import RPPTelemetry
import TestSupport
import Testing

@testable import rpp_node

@Suite struct OperatorPagesTests {
    private let books: Books
    private let view = NodeView(chain: Chain(seed: 1))
    private let telemetry: NodeTelemetry
    private let server: RPCServer

    init() throws {
        var settings = EmitterConfiguration(environment: ["OTEL_METRICS_EXPORTER": "none"])
        settings.diagnosticHandler = { _ in }
        let emitter = Emitter(settings)
        telemetry = NodeTelemetry(provider: emitter.meterProvider, nodeID: "pages")
        books = Books(telemetry: telemetry)
        var configuration = NodeConfiguration()
        configuration.lightProofs = .tiny
        let pages = OperatorPages(emitter: emitter, telemetry: telemetry, view: view)
        server = try RPCServer(
            port: 0,
            handlers: RPCHandlers(
                view: view, books: books, configuration: configuration, pages: pages))
    }

    private func get(_ path: String, accept: String? = nil) throws -> LoopbackHTTP.Answer {
        try LoopbackHTTP.get(path, port: server.port, accept: accept)
    }

    @Test func metricsComeInTheFormatThatIsAskedFor() throws {
        let client = try #require(RPCClient())
        #expect(client.perform(RPCCall("/wallet/status"), port: server.port) == 200)
        let series =
            #"rpp_runtime_rpc_request_total{method="status",otel_scope_name="rpp.runtime",result="success"} 1"#
        let plain = try get("/metrics")
        #expect(plain.status == 200)
        #expect(plain.headers["content-type"]?.hasPrefix("text/plain; version=0.0.4") == true)
        #expect(plain.text.contains(series), "\(plain.text)")
        #expect(!plain.text.contains("# EOF"))
        let open = try get("/metrics", accept: "application/openmetrics-text; version=1.0.0")
        #expect(open.status == 200)
        #expect(open.headers["content-type"]?.hasPrefix("application/openmetrics-text") == true)
        #expect(open.text.hasSuffix("# EOF\n"))
        #expect(server.end())
    }

    @Test func theSnapshotIsTheTelemetrysOwn() throws {
        let answer = try get("/telemetry")
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "application/json")
        let document = try JSONSerialization.jsonObject(with: Data(answer.body))
        #expect((document as? [String: Any])?["node_id"] as? String == "pages")
        #expect(server.end())
    }

    @Test func healthTellsHowTheNodeDoes() throws {
        let well = try get("/healthz")
        #expect(well.status == 200)
        #expect(well.text == "{\"status\":\"ok\",\"block_height\":0}\n")
        view.finish()
        let finished = try get("/healthz")
        #expect(finished.status == 200)
        #expect(finished.text == "{\"status\":\"finished\",\"block_height\":0}\n")
        #expect(server.end())
    }

    /// A load balancer has to see it.
    @Test func aNodeThatStandsStillIsUnavailable() throws {
        view.publish(view.state, at: .now)
        let long = MonotonicInstant(nanoseconds: 0)
        var chain = Chain(seed: 1)
        let block = Block(height: 1, parent: chain.head, proposer: 0, transactions: [])
        chain.append(ProvenBlock(block: block, proof: []))
        view.publish(NodeView.State(chain: chain), at: long)
        let answer = try get("/healthz")
        #expect(answer.status == 503)
        #expect(answer.text == "{\"status\":\"stalled\",\"block_height\":1}\n")
        #expect(server.end())
    }

    /// RFC 9110, 9.3.2: the head of the answer to GET, and nothing more.
    @Test(arguments: ["/metrics", "/telemetry", "/healthz"])
    func headIsAnsweredByAHeadAlone(path: String) throws {
        let answer = try LoopbackHTTP.get(path, port: server.port, method: "HEAD")
        #expect(answer.status == 200)
        #expect(answer.body.isEmpty)
        let length = try #require(answer.headers["content-length"].flatMap { Int($0) })
        #expect(length > 0)
        #expect(server.end())
    }

    /// RFC 9110, 15.5.6.
    @Test func aRefusalOfAMethodNamesThoseThatAreRight() throws {
        let page = try LoopbackHTTP.get("/healthz", port: server.port, method: "DELETE")
        #expect(page.status == 405)
        #expect(page.headers["allow"] == "GET, HEAD")
        let endpoint = try get("/wallet/submit_transaction")
        #expect(endpoint.status == 405)
        #expect(endpoint.headers["allow"] == "POST")
        #expect(server.end())
    }

    @Test func readingThemCountsNothingAndOtherMethodsAreRefused() throws {
        for path in ["/metrics", "/telemetry", "/healthz"] {
            #expect(try get(path).status == 200)
            let client = try #require(RPCClient())
            #expect(client.perform(RPCCall(path, form: "x=1"), port: server.port) == 405)
        }
        #expect(server.end())
        #expect(books.ledger.replies == [:])
    }
}
