public import Instruments
internal import JSONText

/// Writes snapshots for Prometheus, in exposition format 0.0.4 or in OpenMetrics 1.0 with
/// exemplars.
///
///     let page = PrometheusText().page(of: provider.collect(), accept: request.headers["Accept"])
///     // 200, page.contentType, page.body
///
/// The page is a pure function of the snapshot; no lock or clock is used. Names, units, labels and
/// types follow the specification's *Prometheus and OpenMetrics Compatibility*, so they are the
/// same as if a collector exported the metrics. `target_info` holds the resource attributes, and
/// labels `otel_scope_…` hold the scope. An exponential histogram is written with fixed buckets, at
/// most four for each doubling of the value, since neither format has exponential ones. Sums and
/// histograms with delta temporality can't be shown.
public struct PrometheusText: Sendable, Equatable {
    /// How names are translated.
    /// - Default: `underscoreEscapingWithSuffixes`.
    public var translation = PrometheusTranslation.underscoreEscapingWithSuffixes
    /// Whether series show their scope, in labels `otel_scope_…`.
    /// - Default: true. If it is false, metrics with the same name in several scopes may coincide.
    ///   Only the first one is shown then.
    public var hasScopeLabels = true
    /// Whether the resource is shown, as `target_info`.
    /// - Default: true.
    public var hasTargetInfo = true
    /// Whether OpenMetrics shows the start times of series, in `_created`. Prometheus stores these
    /// as separate series.
    /// - Default: false.
    public var hasCreationTimes = false

    /// Creates the writer with every option at its default.
    public init() {}

    /// The page for a client.
    ///
    /// Any thread may call this. It costs 0.2 µs per line, about as much as touching the memory of
    /// the page, and 5 to 10 µs per metric, since the names are translated each time. 11,000 points
    /// of 80 metrics, which take 28,000 lines, take 5 ms (`swift run -c release exporting` in
    /// `Benchmarks`).
    ///
    /// - Parameters:
    ///   - snapshot: a cumulative snapshot, as collections return.
    ///   - accept: the `Accept` header of the request, or nil if it has none. The page has the
    ///     format that the client prefers, or 0.0.4 if it accepts none of the supported ones.
    public func page(of snapshot: MetricsSnapshot, accept: String?) -> PrometheusPage {
        let format = PrometheusFormat(accept: accept)
        var writer = PrometheusWriter(self, format, snapshot)
        let body = writer.page(of: snapshot.resource)
        return PrometheusPage(
            contentType: format.contentType, body: body, problems: writer.problems)
    }
}

/// The response to a scrape.
public struct PrometheusPage: Sendable, Equatable {
    /// The value of the `Content-Type` header.
    public let contentType: String
    /// The page in UTF-8.
    public let body: [UInt8]
    /// What is not on the page, and why. There is a sentence for each metric, or for all of its
    /// series that are left out for the same reason. It is empty unless names coincide, or a metric
    /// producer supplies data that Prometheus has no form for. The texts are the same in each page,
    /// so that each one has to be reported only once.
    public let problems: [String]
}
