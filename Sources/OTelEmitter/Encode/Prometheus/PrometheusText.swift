public import Instruments
internal import JSONText

/// Writes snapshots for Prometheus: exposition format 0.0.4, or OpenMetrics 1.0 with exemplars.
///
///     let page = PrometheusText().page(of: provider.collect(), accept: request.headers["Accept"])
///     // 200, page.contentType, page.body
///
/// A pure function of the snapshot: no lock, no clock. Names, units, labels and types follow the
/// specification's Prometheus compatibility, so that they are those that a collector gives the same
/// metrics. Resource attributes are in `target_info`, the scope in labels `otel_scope_…`. An
/// exponential histogram is written with fixed buckets, four for each doubling at most, since
/// neither format has others. Sums and histograms of differences can't be shown.
public struct PrometheusText: Sendable, Equatable {
    /// How names are made.
    /// - Default: `underscoreEscapingWithSuffixes`.
    public var translation = PrometheusTranslation.underscoreEscapingWithSuffixes
    /// Whether series tell their scope, in labels `otel_scope_…`.
    /// - Default: true. Without it metrics of the same name in several scopes may coincide; then
    ///   the first one is shown.
    public var hasScopeLabels = true
    /// Whether the resource is shown, as `target_info`.
    /// - Default: true.
    public var hasTargetInfo = true
    /// Whether OpenMetrics tells when series began, in `_created`. Prometheus stores that as series
    /// of their own.
    /// - Default: false.
    public var hasCreationTimes = false

    /// With every option at its default.
    public init() {}

    /// The page for a client.
    ///
    /// Any thread may call it. Cost: 0.2 µs a line, about that of touching the memory of the page,
    /// and 5 to 10 µs a metric, whose names are made anew; 11,000 points of 80 metrics, 28,000 lines,
    /// take 5 ms (`swift run -c release exporting` in `Benchmarks`).
    ///
    /// - Parameters:
    ///   - snapshot: cumulative, as collections are.
    ///   - accept: what the request's `Accept` says; nil if it has none. The client's preferred
    ///     format is used, and 0.0.4 if it knows none of ours.
    public func page(of snapshot: MetricsSnapshot, accept: String?) -> PrometheusPage {
        let format = PrometheusFormat(accept: accept)
        var writer = PrometheusWriter(self, format, snapshot)
        let body = writer.page(of: snapshot.resource)
        return PrometheusPage(
            contentType: format.contentType, body: body, problems: writer.problems)
    }
}

/// The answer to a scrape.
public struct PrometheusPage: Sendable, Equatable {
    /// The value of the header `Content-Type`.
    public let contentType: String
    /// UTF-8.
    public let body: [UInt8]
    /// What is not in it, and why: a sentence for each metric, or for all of its series that are
    /// left out for one reason. Empty unless names coincide, or a producer made what Prometheus has
    /// no form for. The same in each page, so that it can be told once.
    public let problems: [String]
}
