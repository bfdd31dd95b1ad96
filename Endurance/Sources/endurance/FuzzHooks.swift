import Glibc
import Instruments
import Synchronization

/// Hooks of the host that come back to the provider which called them, all at once.
enum FuzzHooks {
    /// Hosts that are made: what there is to find, few of them find, and each is slow.
    private static let hosts = 20
    private static let made = Atomic(0)

    static let entries: [FuzzEntry] = [
        FuzzEntry("MeterProvider.init", "MetricReader.init") { _, extremes in
            guard made.wrappingAdd(1, ordering: .relaxed).oldValue < hosts else { return }
            let host = ReentrantHost(extremes.text(), extremes.int())
            for _ in 0..<3 { host.work() }
            host.end()
        }
    ]
}

/// A host all of whose hooks measure, make instruments, collect, flush and remove.
private final class ReentrantHost: Sendable {
    private let text: String
    private let number: Int
    /// Hooks that may be inside each other on one thread; there are not so many kinds.
    private static let deepest = 200
    /// Calls after which hooks do nothing: hooks within hooks multiply.
    private static let most = 150

    private let calls = Atomic(0)
    /// How many hooks each thread is inside.
    private let depths = Mutex<[UInt: Int]>([:])
    private let held = Mutex<(provider: MeterProvider, reader: MetricReader)?>(nil)

    init(_ text: String, _ number: Int) {
        (self.text, self.number) = (text, number)
        let hook = { @Sendable [weak self] (place: String) -> Void in self?.call(from: place) }
        let custom = ExemplarReservoirKind.custom {
            hook("make")
            return HookedReservoir(hook)
        }
        let provider = MeterProvider(
            views: [View(.init(kind: .counter), attributes: .except(["b"]), reservoir: custom)],
            cardinalityLimit: 20, exemplarFilter: .alwaysOn,
            traceContext: {
                hook("trace")
                return nil
            },
            idleExpiry: .nanoseconds(1),
            isMeterEnabled: { _ in
                hook("meter")
                return true
            },
            now: {
                hook("now")
                return WallClock.now()
            },
            uptime: {
                hook("uptime")
                return WallClock.uptime()
            },
            report: { _ in hook("report") })
        let reader = MetricReader(
            of: provider,
            producers: [
                {
                    hook("producer")
                    return []
                }
            ],
            filter: { _, _, _ in
                hook("filter")
                return true
            },
            flush: { _ in
                hook("flush")
                return true
            },
            shutdown: { _ in
                hook("shutdown")
                return true
            })
        held.withLock { $0 = (provider, reader) }
        let state = provider.collectState {
            hook("state")
            return 1
        }
        Sink.take(provider.collect().state(state) == nil ? 1 : 0)
        _ = provider.meter(text).observableCounter("seen", of: Int.self) { observer in
            hook("callback")
            observer.observe(number, ["a": .int(Int64(number))])
        }
    }

    func work() {
        call(from: "work")
        guard let (provider, reader) = held.withLock({ $0 }) else { return }
        let snapshot = provider.collect()
        Sink.take(reader.collect().delta(since: snapshot).pointCount)
        Sink.take(provider.flush(timeout: .milliseconds(1)) ? 1 : 0)
    }

    func end() {
        guard let (provider, _) = held.withLock({ $0 }) else { return }
        Sink.take(provider.shutdown(timeout: .milliseconds(1)) ? 1 : 0)
        held.withLock { $0 = nil }
    }

    /// What every hook does.
    private func call(from place: String) {
        let thread = UInt(pthread_self())
        let depth = depths.withLock { depths in
            depths[thread, default: 0] += 1
            return depths[thread] ?? 0
        }
        defer { depths.withLock { $0[thread, default: 1] -= 1 } }
        if depth > Self.deepest {
            Output.complain("endurance: the hook \(place) is called without end", status: 1)
        }
        let call = calls.wrappingAdd(1, ordering: .relaxed).newValue
        guard call < Self.most, let (provider, reader) = held.withLock({ $0 }) else { return }
        let meter = provider.meter(call % 7 == 0 ? "\(text)\(call)" : place)
        let counter = meter.counter(place)
        counter.add(number, ["a": .string(place), "b": .int(Int64(call))])
        counter.add(1, "call", "\(call % 30)")
        meter.gauge(place).record(Double(number))
        if call % 3 == 0 { counter.remove(["call": .string("\(call % 30)")]) }
        if call % 5 == 0 { Sink.take(provider.collect().pointCount) }
        if call % 11 == 0 { Sink.take(reader.collect().pointCount) }
        if call % 97 == 0 { Sink.take(provider.flush(timeout: .zero) ? 1 : 0) }
    }
}

private final class HookedReservoir: ExemplarReservoir {
    private let hook: @Sendable (String) -> Void

    init(_ hook: @escaping @Sendable (String) -> Void) { self.hook = hook }

    func offer(
        _ value: Number, _ attributes: AttributeSet, _ context: TraceContext?, time: UInt64
    ) {
        hook("offer")
    }

    func collect() -> [Exemplar] {
        hook("collect")
        return []
    }
}
