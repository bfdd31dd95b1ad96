import Instruments
import Synchronization

/// Providers and views of absurd settings.
enum FuzzProvider {
    static let entries: [FuzzEntry] = [
        FuzzEntry(
            "MeterProvider.init", "MeterProvider.meter", "View.init", "View.Selector.init"
        ) { _, extremes in
            let provider = make(&extremes)
            let meter = provider.meter(
                extremes.text(), version: extremes.text(), schemaURL: extremes.text(),
                attributes: extremes.set())
            meter.counter(extremes.text()).add(1)
            meter.histogram(extremes.text()).record(1)
            meter.gauge(extremes.text()).record(extremes.double())
            Sink.take(provider.collect().pointCount)
        },
        FuzzEntry(
            "MeterProvider.collectState", "MetricsSnapshot.state", "CollectedStates.init",
            "CollectedStates.=="
        ) { world, extremes in
            let (text, value) = (extremes.text(), extremes.value())
            let first = world.provider.collectState { text }
            let second = world.provider.collectState { value }
            let snapshot = world.collect()
            Sink.take(snapshot.state(first)?.utf8.count ?? 0)
            Sink.take(snapshot.state(second) == value ? 1 : 0)
            Sink.take(world.snapshots[0].state(second) == nil ? 1 : 0)
            Sink.take(snapshot.states == CollectedStates() ? 1 : 0)
            Sink.take(snapshot.states == world.snapshots[0].states ? 1 : 0)
        },
        FuzzEntry("InstrumentsDiagnostic.description") { _, extremes in
            let diagnostics: [InstrumentsDiagnostic] = [
                .emptyMeterName, .invalidName(extremes.text()),
                .conflictingRegistration(extremes.text()),
                .differentCasing(extremes.text(), first: extremes.text()),
                .differentAdvice(extremes.text()),
                .invalidBoundaries(extremes.text(), extremes.text()),
                .unusableView(extremes.text(), extremes.text()),
                .droppedMeasurements(extremes.text()),
                .cardinalityLimitReached(
                    extremes.text(), limit: extremes.int(), key: extremes.text()),
                .invalidClosedAttributes(extremes.text(), extremes.text()),
                .observationLimitReached(extremes.text(), limit: extremes.int()),
                .slowCallback(extremes.text(), limit: extremes.duration()),
                .callbacksSkipped(hanging: extremes.int()),
            ]
            Sink.take(diagnostics.reduce(0) { $0 + $1.description.utf8.count })
            Sink.take(Set(diagnostics).count)
        },
        FuzzEntry("WallClock.now") { _, _ in Sink.take(Int(truncatingIfNeeded: WallClock.now())) },
    ]

    static func make(_ extremes: inout Extremes) -> MeterProvider {
        let clock = AbsurdClock(extremes.pick(AbsurdClock.Kind.allCases))
        let context = extremes.optional { $0.context() }
        var traceContext: (@Sendable () -> TraceContext?)?
        if extremes.oneIn(2) { traceContext = { context } }
        let isEnabled = !extremes.oneIn(20)
        let limit: Int = extremes.pick([.min, -1, 0, 1, 2, 10, 100, 2000, .max])
        let filter: ExemplarFilter = extremes.pick([.alwaysOff, .alwaysOn, .traceBased])
        let callbackLimit = extremes.oneIn(3) ? extremes.duration() : Duration.seconds(5)
        return MeterProvider(
            resource: Resource(extremes.set(), schemaURL: extremes.text()),
            views: extremes.oneIn(2) ? [] : extremes.list(upTo: 3) { view(&$0) },
            viewMatching: extremes.oneIn(3) ? .composable : .independent,
            histogramAggregation: aggregation(&extremes), cardinalityLimit: limit,
            cardinalityLimits: extremes.oneIn(3) ? [.counter: extremes.int()] : [:],
            exemplarFilter: filter, traceContext: traceContext,
            idleExpiry: extremes.optional { $0.duration() }, callbackLimit: callbackLimit,
            isMeterEnabled: { scope in isEnabled && scope.name != "disabled" },
            now: { clock.now() }, uptime: { clock.now() },
            report: { diagnostic in Sink.take(diagnostic.description.utf8.count) })
    }

    private static func view(_ extremes: inout Extremes) -> View {
        var selector = View.Selector(
            name: extremes.optional { $0.text() },
            kind: extremes.oneIn(3) ? extremes.pick(InstrumentKind.allCases) : nil,
            unit: extremes.oneIn(6) ? extremes.text() : nil,
            meterName: extremes.oneIn(6) ? extremes.text() : nil,
            meterVersion: extremes.oneIn(6) ? extremes.text() : nil,
            meterSchemaURL: extremes.oneIn(6) ? extremes.text() : nil)
        // Matching takes text × pattern steps: of two megabytes that would be days.
        if let name = selector.name, name.utf8.count > 5000 { selector.name = "*" }
        let filter = extremes.oneIn(2) ? attributeFilter(&extremes) : nil
        let size = extremes.int()
        let reservoir: ExemplarReservoirKind? = extremes.pick([
            nil, .alignedToBuckets, .fixedSize(size),
        ])
        return View(
            selector, name: extremes.optional { $0.text() },
            description: extremes.optional { $0.text() }, attributes: filter,
            aggregation: aggregation(&extremes),
            cardinalityLimit: extremes.optional { $0.int() }, reservoir: reservoir)
    }

    private static func attributeFilter(_ extremes: inout Extremes) -> AttributeFilter {
        extremes.oneIn(2) ? .only(extremes.keys()) : .except(extremes.keys())
    }

    private static func aggregation(_ extremes: inout Extremes) -> Aggregation {
        switch extremes.pick([0, 1, 2, 3, 4, 5, 6, 7]) {
        case 0: .drop
        case 1: .sum
        case 2: .lastValue
        case 3:
            .explicitBuckets(
                bounds: extremes.optional { FuzzHistograms.boundaries(&$0) },
                recordsMinMax: extremes.oneIn(2))
        case 4:
            .exponentialBuckets(
                maximumSize: extremes.int(), maximumScale: extremes.int32(),
                recordsMinMax: extremes.oneIn(2))
        case 5: .exponentialBuckets()
        default: .standard
        }
    }
}

/// A wall clock that stands still, runs back, jumps, or is at an end of time.
private final class AbsurdClock: Sendable {
    enum Kind: CaseIterable {
        case zero, end, backwards, jumping, genuine
    }

    private let kind: Kind
    private let ticks = Atomic<UInt64>(0)

    init(_ kind: Kind) {
        self.kind = kind
    }

    func now() -> UInt64 {
        let tick = ticks.wrappingAdd(1, ordering: .relaxed).newValue
        return switch kind {
        case .zero: 0
        case .end: .max
        case .backwards: .max &- tick &* 1_000_000_007
        case .jumping: tick &* 0x9E37_79B9_7F4A_7C15
        case .genuine: WallClock.now()
        }
    }
}
