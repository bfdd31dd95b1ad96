/// Creates the instruments of one instrumentation scope.
///
/// A meter is cheap to copy and safe to use from any thread. Asking twice for the same instrument
/// gives the same series. A name that breaks the syntax (a letter, then up to 254 of letters,
/// digits, `_`, `.`, `-`, `/`) is reported, and the instrument works all the same.
///
/// Units are UCUM: `By`, `ms`, `1`, or an annotation such as `{request}`. `keeping` names the
/// attribute keys that are worth keeping, which views can overrule; other attributes given at a
/// call make that call slow (see `View.attributes`). Specification: metrics API, *Meter
/// operations*.
public struct Meter: Sendable {
    let storage: MeterStorage
    let callbacks: CallbackRegistry

    /// A sum that only grows.
    public func counter<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "",
        keeping keys: Set<String>? = nil, of: Value.Type = Int.self
    ) -> Counter<Value> {
        Counter(
            storage: instrument(.counter, name, unit, description, Value.numberKind, keys: keys))
    }

    /// A sum that grows and falls.
    public func upDownCounter<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "",
        keeping keys: Set<String>? = nil, of: Value.Type = Int.self
    ) -> UpDownCounter<Value> {
        UpDownCounter(
            storage: instrument(
                .upDownCounter, name, unit, description, Value.numberKind, keys: keys))
    }

    /// A distribution.
    ///
    /// - Parameter boundaries: inclusive upper bounds of the buckets, finite and strictly
    ///   increasing, at most 507; default: OpenTelemetry's, which fit milliseconds up to ten
    ///   seconds. Boundaries that break these rules are reported and replaced by the default.
    public func histogram<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "",
        boundaries: [Double]? = nil, keeping keys: Set<String>? = nil,
        of: Value.Type = Double.self
    ) -> Histogram<Value> {
        Histogram(
            storage: instrument(
                .histogram, name, unit, description, Value.numberKind, boundaries, keys: keys))
    }

    /// A level.
    public func gauge<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "",
        keeping keys: Set<String>? = nil, of: Value.Type = Double.self
    ) -> Gauge<Value> {
        Gauge(storage: instrument(.gauge, name, unit, description, Value.numberKind, keys: keys))
    }

    func instrument(
        _ kind: InstrumentKind, _ name: String, _ unit: String, _ description: String,
        _ number: NumberKind, _ boundaries: [Double]? = nil, keys: Set<String>? = nil
    ) -> InstrumentStorage {
        let descriptor = InstrumentDescriptor(
            name: name, kind: kind, unit: unit, description: description, number: number)
        return storage.instrument(
            descriptor, InstrumentAdvice(boundaries: boundaries, attributeKeys: keys))
    }
}
