import Instruments
import OTelEmitter
import TestSupport
import Testing

/// An emitter that sends to a scripted collector, and what it says to its operator.
struct Pipeline {
    let collector: ScriptedCollector
    let emitter: Emitter
    private let diagnostics: Diagnostics

    /// The longest that a test waits for the handler, which is told on a thread of its own.
    static let diagnosticsPatience = Duration.seconds(2)

    /// What the emitter has told its operator so far.
    var told: Diagnostics {
        emitter.settleDiagnostics(within: Self.diagnosticsPatience)
        return diagnostics
    }

    /// A pipeline whose emitter exports on request only, unless `configure` says otherwise.
    static func make(
        to collector: ScriptedCollector, environment: [String: String] = [:],
        configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws -> Pipeline {
        let diagnostics = Diagnostics()
        var configuration = EmitterConfiguration(environment: environment)
        if environment.isEmpty {
            let endpoint = try #require(Endpoint(exactly: collector.endpoint))
            configuration.endpoint = endpoint
        }
        configuration.exportInterval = .seconds(3600)
        // Only what a test records is exported, and when it says so.
        configuration.startPhase = 1
        configuration.isSelfObserved = false
        configuration.diagnosticHandler = { diagnostics.add($0) }
        configure(&configuration)
        return Pipeline(
            collector: collector, emitter: Emitter(configuration), diagnostics: diagnostics)
    }

    /// Adds 1 to so many series of one counter.
    func count(series: Int = 1) {
        let counter = emitter.meter("pipeline").counter("events")
        for index in 0..<series {
            counter.add(1, ["index": .int(Int64(index))])
        }
    }

    /// The account as the emitter gives it is in balance, is what the test expects, and agrees with
    /// the data points that the collector itself counts.
    func expectAccount(
        recorded: Int, pending: Int = 0, lost: [LossReason: Int] = [:],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let totals = emitter.totals
        let accepted = try collector.acceptedPoints().count
        #expect(totals.isBalanced, sourceLocation: sourceLocation)
        #expect(totals.recorded == recorded, sourceLocation: sourceLocation)
        #expect(totals.delivered == accepted, sourceLocation: sourceLocation)
        #expect(totals.pending == pending, sourceLocation: sourceLocation)
        #expect(totals.lostByReason == lost, sourceLocation: sourceLocation)
    }

    /// The values of `events` in each accepted request, in the order of arrival.
    func acceptedValues() throws -> [[String]] {
        try collector.requests.filter(\.isAccepted).map { try $0.points().map(\.value) }
    }
}

extension DeliveryTotals {
    /// The accounting identity.
    var isBalanced: Bool { recorded == delivered + pending + lost }
}
