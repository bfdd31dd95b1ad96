import Foundation
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Real collectors that refuse for a while, and that stand behind each other.
@Suite(
    .enabled(
        if: GenuineCollector.path != nil || GenuineCollector.isRequired,
        Comment(rawValue: GenuineCollector.reasonToSkip)))
struct CollectorChainTests {
    private final class Told: Sendable {
        let lines = Monitor<[String]>([])
    }

    private func makeEmitter(_ port: HeldPort, _ told: Told) throws -> Emitter {
        var configuration = EmitterConfiguration(environment: [:])
        let endpoint = try #require(Endpoint(base: "http://127.0.0.1:\(port.number)"))
        configuration.endpoint = endpoint
        configuration.exportInterval = .seconds(3600)
        configuration.diagnosticHandler = { diagnostic in
            told.lines.withLock { $0.append(diagnostic.description) }
        }
        return Emitter(configuration)
    }

    @Test func whatTheMemoryLimiterRefusesArrivesOnceItDoesNot() throws {
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        // No Go program fits into one mebibyte: everything is refused with 503.
        let full = try GenuineCollector(on: port, sendingTo: sink.port, memoryLimit: 1)
        let told = Told()
        let emitter = try makeEmitter(port, told)
        let counter = emitter.meter("chain").counter("events")
        // It looks at its memory now and then: what comes before that is taken.
        let isRefused = eventually {
            counter.add(1)
            _ = emitter.flush(timeout: .milliseconds(200))
            return told.lines.withLock { $0.contains { $0.contains("503") } }
        }
        #expect(isRefused)
        #expect(emitter.totals.lost == 0)
        full.end()
        let roomy = try GenuineCollector(on: port, sendingTo: sink.port)
        #expect(emitter.flush(timeout: .seconds(30)).isComplete)
        #expect(emitter.shutdown().isComplete)
        roomy.end()
        let arrived = try sink.acceptedPoints()
        #expect(arrived.count == emitter.totals.recorded)
        let values = arrived.filter { $0.metric.hasPrefix("events") }
            .compactMap { Int($0.value.dropFirst("int ".count)) }
        #expect(values == values.sorted())
        #expect(Set(values) == Set(1...(values.last ?? 1)))
    }

    @Test func everythingArrivesThroughAnAgentAndAGateway() throws {
        let sink = try ScriptedCollector()
        let (agentPort, gatewayPort) = (try HeldPort(), try HeldPort())
        let gateway = try GenuineCollector(on: gatewayPort, sendingTo: sink.port)
        let agent = try GenuineCollector(on: agentPort, sendingTo: gatewayPort.number)
        let told = Told()
        let emitter = try makeEmitter(agentPort, told)
        let counter = emitter.meter("chain").counter("events")
        for index in 0..<500 { counter.add(index, ["index": .int(Int64(index))]) }
        #expect(emitter.flush().isComplete)
        // The gateway goes and comes back: the agent passes its refusal on.
        gateway.end()
        #expect(!emitter.flush(timeout: .milliseconds(500)).isComplete)
        let again = try GenuineCollector(on: gatewayPort, sendingTo: sink.port)
        #expect(emitter.shutdown(timeout: .seconds(30)).isComplete)
        again.end()
        agent.end()
        #expect(emitter.totals.lost == 0)
        #expect(try sink.acceptedPoints().count == emitter.totals.delivered)
    }
}
