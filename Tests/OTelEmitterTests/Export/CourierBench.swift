import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// A courier, its collectors and its clock, without the thread and the queue of an emitter.
final class CourierBench {
    /// What attempts have made of a batch.
    struct Outcome {
        var delivered = 0
        var losses: [DeclaredLoss] = []
        var attempts = 0
        var isDone = false
    }

    /// Turns no search around, and gives pauses of 0.16 of what they may be.
    private struct Constant: RandomNumberGenerator {
        func next() -> UInt64 { 1 << 60 }
    }

    let routes: [Route]
    let courier: Courier
    /// They stop when they are let go.
    private let collectors: [ScriptedCollector]
    private let offset: Monitor<Duration>
    private let kept: Monitor<[EmitterDiagnostic]>
    private let clock: EmitterClock

    init(_ collector: ScriptedCollector, failover: ScriptedCollector? = nil) throws {
        collectors = [collector] + [failover].compactMap { $0 }
        let offset = Monitor(Duration.zero)
        let kept = Monitor<[EmitterDiagnostic]>([])
        var configuration = EmitterConfiguration(environment: [:])
        configuration.clock = .system(
            plus: { offset.withLock { $0 } }, wallPlus: { offset.withLock { $0 } })
        let endpoint = try #require(Endpoint(exactly: collector.endpoint))
        configuration.endpoint = endpoint
        configuration.failoverEndpoint = try failover.map {
            try #require(Endpoint(exactly: $0.endpoint))
        }
        let wakeup = try #require(TransportWakeup())
        routes = try #require(ExportThread.routes(configuration, wakeup, proxies: [:]))
        courier = Courier(configuration, routes: routes, using: Constant()) { line in
            kept.withLock { $0.append(line) }
        }
        clock = configuration.clock
        (self.offset, self.kept) = (offset, kept)
    }

    /// What the operator was told, line by line.
    var told: [String] { kept.withLock { $0.map(\.description) } }

    var now: MonotonicTime { clock.now() }

    func pass(_ time: Duration) {
        offset.withLock { $0 += time }
    }

    /// What pauses have taken.
    var passed: Duration { offset.withLock { $0 } }

    /// Attempts for a batch until it is done, with the pauses that they ask for. Somebody waits, so
    /// that searches go on.
    func deliver(_ batch: Batch, attempts: Int = 100) -> Outcome {
        var outcome = Outcome()
        while !outcome.isDone, outcome.attempts < attempts {
            courier.refillSearch()
            pass(max(courier.retryAt - now, .zero))
            outcome.attempts += 1
            let account = Courier.Account(waitingPoints: 0, lostPoints: 0)
            let progress = courier.attempt(batch, account) { .distantFuture }
            outcome.delivered += progress.delivered
            outcome.losses += progress.losses
            outcome.isDone = progress.isDone
        }
        return outcome
    }

    /// A batch with a data point of each metric.
    static func batch(_ metrics: [String]) -> Batch {
        Batch(
            collection: 1, points: metrics.count, body: GaugeRequest.body(metrics.map { ($0, 1) }),
            isCompressed: false)
    }
}
