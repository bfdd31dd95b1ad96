import Instruments
import Synchronization
import TestSupport

/// Running a plan through our SDK.
extension Plan {
    func run() -> (result: PlainResult, faults: [String]) {
        let provider = MeterProvider(
            views: views.map(\.view), histogramAggregation: histogramAggregation.aggregation)
        let sets = sets.map(Self.attributes)
        let round = Mutex(Round(measurements: [], observations: [], isExported: false))
        let recorders = instruments.enumerated().map { index, instrument in
            Recorder(instrument, provider.meter(instrument.meter)) {
                let observations = round.withLock { $0.observations }
                return observations.filter { $0.instrument == index }
                    .map { ($0.value, sets[$0.set]) }
            }
        }
        let preference: TemporalityPreference = preference == "delta" ? .delta : .lowMemory
        var previous: MetricsCollection?
        var last: MetricsSnapshot?
        var result = PlainResult(seed: seed, rounds: [])
        var faults: [String] = []
        for planned in rounds {
            round.withLock { $0 = planned }
            for one in planned.measurements {
                let record = { @Sendable in
                    recorders[one.instrument].record(one.value, sets[one.set], one.isBound)
                }
                one.isElsewhere ? Threads.run(1) { _ in record() } : record()
            }
            let collection = provider.collection()
            let snapshot = collection.snapshot
            faults += TimeRules.faults(in: snapshot, after: last)
            last = snapshot
            var answer = PlainResult.Round(cumulative: PlainPoint.all(snapshot))
            if planned.isExported {
                let delta = collection.delta(since: previous, preference: preference)
                faults += TimeRules.faults(inDelta: delta, since: previous?.snapshot)
                answer.delta = PlainPoint.all(delta)
                previous = collection
            }
            result.rounds.append(answer)
        }
        return (result, faults)
    }

    static func attributes(_ set: [[String]]) -> AttributeSet {
        AttributeSet(set.map { Attribute($0[0], attributeValue($0[1])) })
    }

    private static func attributeValue(_ text: String) -> AttributeValue {
        let rest = String(text.dropFirst())
        return switch text.first {
        case "b": .bool(rest == "1")
        case "i": .int(Int64(rest) ?? 0)
        case "d": .double(Double(hexadecimalBits: rest) ?? 0)
        case "a": .array(rest.split(separator: ",").map { .string(String($0)) })
        default: .string(rest)
        }
    }
}

/// One instrument of a plan, in our SDK.
private struct Recorder: Sendable {
    let record: @Sendable (PlainNumber, AttributeSet, _ isBound: Bool) -> Void

    init(
        _ plan: PlannedInstrument, _ meter: Meter,
        observations: @escaping @Sendable () -> [(PlainNumber, AttributeSet)]
    ) {
        record =
            plan.isInteger
            ? Self.integer(plan, meter, observations) : Self.double(plan, meter, observations)
    }

    private static func integer(
        _ plan: PlannedInstrument, _ meter: Meter,
        _ observations: @escaping @Sendable () -> [(PlainNumber, AttributeSet)]
    ) -> @Sendable (PlainNumber, AttributeSet, Bool) -> Void {
        let (name, unit, text) = (plan.name, plan.unit, plan.description)
        let observe: @Sendable (Observer<Int>) -> Void = { observer in
            for (value, set) in observations() { observer.observe(value.asInt, set) }
        }
        switch plan.kind {
        case "counter":
            let counter = meter.counter(name, unit: unit, description: text, of: Int.self)
            return { $2 ? counter.bind($1).add($0.asInt) : counter.add($0.asInt, $1) }
        case "upDownCounter":
            let counter = meter.upDownCounter(name, unit: unit, description: text, of: Int.self)
            return { $2 ? counter.bind($1).add($0.asInt) : counter.add($0.asInt, $1) }
        case "histogram":
            let histogram = meter.histogram(
                name, unit: unit, description: text,
                boundaries: plan.boundaries?.map(\.asDouble), of: Int.self)
            return {
                $2 ? histogram.bind($1).record($0.asInt) : histogram.record($0.asInt, $1)
            }
        case "gauge":
            let gauge = meter.gauge(name, unit: unit, description: text, of: Int.self)
            return { $2 ? gauge.bind($1).record($0.asInt) : gauge.record($0.asInt, $1) }
        case "observableCounter":
            _ = meter.observableCounter(
                name, unit: unit, description: text, of: Int.self, callback: observe)
        case "observableUpDownCounter":
            _ = meter.observableUpDownCounter(
                name, unit: unit, description: text, of: Int.self, callback: observe)
        default:
            _ = meter.observableGauge(
                name, unit: unit, description: text, of: Int.self, callback: observe)
        }
        return { _, _, _ in }
    }

    private static func double(
        _ plan: PlannedInstrument, _ meter: Meter,
        _ observations: @escaping @Sendable () -> [(PlainNumber, AttributeSet)]
    ) -> @Sendable (PlainNumber, AttributeSet, Bool) -> Void {
        let (name, unit, text) = (plan.name, plan.unit, plan.description)
        let observe: @Sendable (Observer<Double>) -> Void = { observer in
            for (value, set) in observations() { observer.observe(value.asDouble, set) }
        }
        switch plan.kind {
        case "counter":
            let counter = meter.counter(name, unit: unit, description: text, of: Double.self)
            return { $2 ? counter.bind($1).add($0.asDouble) : counter.add($0.asDouble, $1) }
        case "upDownCounter":
            let counter = meter.upDownCounter(
                name, unit: unit, description: text, of: Double.self)
            return { $2 ? counter.bind($1).add($0.asDouble) : counter.add($0.asDouble, $1) }
        case "histogram":
            let histogram = meter.histogram(
                name, unit: unit, description: text,
                boundaries: plan.boundaries?.map(\.asDouble), of: Double.self)
            return {
                $2 ? histogram.bind($1).record($0.asDouble) : histogram.record($0.asDouble, $1)
            }
        case "gauge":
            let gauge = meter.gauge(name, unit: unit, description: text, of: Double.self)
            return { $2 ? gauge.bind($1).record($0.asDouble) : gauge.record($0.asDouble, $1) }
        case "observableCounter":
            _ = meter.observableCounter(
                name, unit: unit, description: text, of: Double.self, callback: observe)
        case "observableUpDownCounter":
            _ = meter.observableUpDownCounter(
                name, unit: unit, description: text, of: Double.self, callback: observe)
        default:
            _ = meter.observableGauge(
                name, unit: unit, description: text, of: Double.self, callback: observe)
        }
        return { _, _, _ in }
    }
}

extension PlainNumber {
    fileprivate var asInt: Int {
        if case .int(let value) = self { Int(value) } else { 0 }
    }
}

extension PlannedView {
    fileprivate var view: View {
        let kinds: [String: InstrumentKind] = Dictionary(
            uniqueKeysWithValues: InstrumentKind.allCases.map { ("\($0)", $0) })
        let filter: AttributeFilter? =
            excluded.map { .except(Set($0 + ["never"])) }
            ?? keys.map { .only(Set($0)) }
        return View(
            View.Selector(
                name: name, kind: kind.flatMap { kinds[$0] }, unit: unit, meterName: meter),
            name: rename, description: description, attributes: filter,
            aggregation: aggregation.aggregation, cardinalityLimit: limit)
    }
}

extension PlannedAggregation {
    fileprivate var aggregation: Aggregation {
        switch kind {
        case "drop": .drop
        case "sum": .sum
        case "lastValue": .lastValue
        case "explicit":
            .explicitBuckets(
                bounds: bounds?.map(\.asDouble), recordsMinMax: recordsMinMax)
        case "exponential":
            .exponentialBuckets(
                maximumSize: size, maximumScale: scale, recordsMinMax: recordsMinMax)
        default: .standard
        }
    }
}
