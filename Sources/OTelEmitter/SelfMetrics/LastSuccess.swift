internal import Instruments
internal import Synchronization

/// How long ago a request was accepted, as of each collection: a scrape sees it grow though the
/// emitter's thread hangs.
final class LastSuccess: Sendable {
    private static let descriptor = MetricDescriptor(OwnMetric.lastSuccessAge)

    private let clock: EmitterClock
    private let creation: UInt64
    /// Of the monotonic clock.
    private let nanoseconds: Atomic<Int64>

    init(_ clock: EmitterClock) {
        self.clock = clock
        creation = clock.wall()
        nanoseconds = Atomic(clock.now().nanoseconds)
    }

    func happened(at time: MonotonicTime) {
        nanoseconds.store(time.nanoseconds, ordering: .relaxed)
    }

    /// Since then; since the emitter was made if nothing was accepted yet.
    var age: Duration {
        clock.now() - MonotonicTime(nanoseconds: nanoseconds.load(ordering: .relaxed))
    }

    /// The gauge, for collections.
    func scopes() -> [ScopeMetrics] {
        let point = NumberPoint(
            attributes: .empty, start: creation, value: .double(age.inSeconds))
        let metric = Metric(descriptor: Self.descriptor, data: .gauge([point]))
        return [ScopeMetrics(scope: OwnMetric.scope, metrics: [metric])]
    }
}
