/// How measurements become state (checklist A6).
public enum Aggregation: Sendable, Hashable {
    /// What fits the kind of instrument: a sum for counters, the last value for gauges, the
    /// provider's histogram for histograms.
    case standard
    /// Nothing is kept and nothing is exported; it costs no memory.
    case drop
    /// The sum of all measurements: of counters and histograms it only grows. Of a gauge it is the
    /// sum of the levels, without NaN and infinities, which are dropped and counted.
    case sum
    /// The last measurement.
    case lastValue
    /// A histogram with these inclusive upper bounds; nil: OpenTelemetry's default bounds.
    case explicitBuckets(bounds: [Double]? = nil, recordsMinMax: Bool = true)
    /// A base-2 exponential histogram: at most `maximumSize` buckets per sign (2 to 250), scale at
    /// most `maximumScale` (−10 to 20). It adapts its scale to the values.
    case exponentialBuckets(
        maximumSize: Int = 160, maximumScale: Int32 = 20, recordsMinMax: Bool = true)
}
