internal import Instruments
internal import JSONText

/// Writes one page.
struct PrometheusWriter: ~Copyable {
    /// What is not on the page, and why.
    private(set) var problems: [String]

    private var buffer: ByteBuffer
    private var labels: PrometheusLabels
    private var seen = PrometheusSeen()
    /// The numbers of series of the family that are not shown: `twins` have the labels of another
    /// series, and `negatives` have a value that a counter can't have.
    private var (twins, negatives) = (0, 0)
    /// A generous estimate: memory that is not touched costs nothing, while growing costs a copy.
    private static let bytesPerLine = 256
    /// Beyond this, memory grows as it is needed.
    private static let reserveLimit = 16 << 20
    private let options: PrometheusText
    private let format: PrometheusFormat
    private let families: PrometheusFamilies

    init(_ options: PrometheusText, _ format: PrometheusFormat, _ snapshot: MetricsSnapshot) {
        self.options = options
        self.format = format
        let expected = snapshot.prometheusLines * Self.bytesPerLine + 4096
        buffer = ByteBuffer(capacity: min(expected, Self.reserveLimit))
        labels = PrometheusLabels(options.translation, format.escaping)
        families = PrometheusFamilies(
            snapshot, options.translation, format,
            reserved: !options.hasTargetInfo || snapshot.resource.attributes.isEmpty
                ? [] : format.isOpenMetrics ? ["target", "target_info"] : ["target_info"])
        problems = families.problems
    }

    mutating func page(of resource: Resource) -> [UInt8] {
        if options.hasTargetInfo { writeTarget(resource) }
        for family in families.sorted { write(family) }
        if format.isOpenMetrics { buffer.append("# EOF\n") }
        return buffer.bytes()
    }

    private mutating func writeTarget(_ resource: Resource) {
        guard !resource.attributes.isEmpty else { return }
        let name = PrometheusSeriesName(format.isOpenMetrics ? "target" : "target_info")
        let type: StaticString = format.isOpenMetrics ? "info" : "gauge"
        writeHead(name, type, help: "Target metadata", unit: "")
        labels.begin()
        labels.write(resource.attributes)
        buffer.append(series: PrometheusSeriesName("target_info"), labels.text)
        buffer.append("1\n")
    }

    private mutating func write(_ family: PrometheusFamily) {
        let names = SeriesNames(family, isOpenMetrics: format.isOpenMetrics)
        let type = family.kind.word(isOpenMetrics: format.isOpenMetrics)
        writeHead(names.family, type, help: family.help, unit: family.unit)
        seen.removeAll()
        (twins, negatives) = (0, 0)
        for part in family.parts {
            labels.begin(
                options.hasScopeLabels ? part.scope : nil, isHistogram: family.kind == .histogram)
            switch part.data {
            case .sum(let points, _, _), .gauge(let points):
                for point in points where isPossible(point, family) {
                    guard isNew(point.attributes, in: family) else { continue }
                    write(point, names, family.kind)
                }
            case .histogram(let points, let bounds, _):
                let bounds = PrometheusBounds(bounds)
                for point in points where isNew(point.attributes, in: family) {
                    write(PrometheusHistogram(point, bounds: bounds), point.start, names)
                }
            case .exponentialHistogram(let points, _):
                for point in points where isNew(point.attributes, in: family) {
                    write(PrometheusHistogram(point), point.start, names)
                }
            }
        }
        tellOmissions(of: family)
    }

    /// Writes the labels of a point. Returns false if a series of the family already has the same
    /// labels, which other attributes may be translated to.
    private mutating func isNew(_ attributes: AttributeSet, in family: PrometheusFamily) -> Bool {
        labels.write(attributes)
        if labels.text.withBytes({ seen.insert($0) }) { return true }
        twins += 1
        return false
    }

    /// Whether the format allows the value. In OpenMetrics, a counter is never negative.
    private mutating func isPossible(_ point: NumberPoint, _ family: PrometheusFamily) -> Bool {
        let isImpossible =
            format.isOpenMetrics && family.kind == .counter && !(point.value.double >= 0)
        if isImpossible { negatives += 1 }
        return !isImpossible
    }

    /// Adds the reasons to `problems`. The words are the same in each page, so that each one has to
    /// be reported only once.
    private mutating func tellOmissions(of family: PrometheusFamily) {
        if twins > 0 {
            problems.append(
                "Several series of \(family.name) have the same labels; the first one is shown.")
        }
        if negatives > 0 {
            problems.append(
                "Series of \(family.name) are below zero, as no counter of OpenMetrics may be;"
                    + " they are left out.")
        }
    }
}

/// The names of a family's lines. If its kind has no such lines, the name is that of the family.
private struct SeriesNames {
    let family: PrometheusSeriesName
    let sample: PrometheusSeriesName
    let bucket: PrometheusSeriesName
    let sum: PrometheusSeriesName
    let count: PrometheusSeriesName
    let created: PrometheusSeriesName

    init(_ family: PrometheusFamily, isOpenMetrics: Bool) {
        let own = PrometheusSeriesName(family.name)
        let isHistogram = family.kind == .histogram
        let isBare = family.kind == .counter && isOpenMetrics
        func named(_ suffix: String, if exists: Bool) -> PrometheusSeriesName {
            exists ? PrometheusSeriesName(family.name + suffix) : own
        }
        self.family = own
        sample = named(PrometheusName.total, if: isBare)
        bucket = named("_bucket", if: isHistogram)
        sum = named("_sum", if: isHistogram)
        count = named("_count", if: isHistogram)
        created = named("_created", if: isHistogram || isBare)
    }
}

/// Lines.
extension PrometheusWriter {
    private mutating func writeHead(
        _ name: PrometheusSeriesName, _ type: StaticString, help: String, unit: String
    ) {
        if !help.isEmpty {
            buffer.append(comment: "# HELP ", name)
            buffer.append(escaping: help, quotes: format.isOpenMetrics)
            buffer.append("\n")
        }
        buffer.append(comment: "# TYPE ", name)
        buffer.append(type)
        buffer.append("\n")
        guard format.isOpenMetrics, !unit.isEmpty else { return }
        buffer.append(comment: "# UNIT ", name)
        buffer.append(text: unit)
        buffer.append("\n")
    }

    private mutating func write(
        _ point: NumberPoint, _ names: SeriesNames, _ kind: PrometheusFamily.Kind
    ) {
        buffer.append(series: names.sample, labels.text)
        buffer.append(number: point.value)
        guard kind == .counter else { return buffer.append("\n") }
        write(point.exemplars.max { $0.time < $1.time })
        buffer.append("\n")
        writeCreation(point.start, names)
    }

    private mutating func write(
        _ histogram: PrometheusHistogram, _ start: UInt64, _ names: SeriesNames
    ) {
        for (index, bucket) in histogram.buckets.enumerated() {
            buffer.append(series: names.bucket, labels.text, last: histogram.bounds[index])
            buffer.append(integer: bucket.count)
            write(histogram.exemplar(ofBucket: index))
            buffer.append("\n")
        }
        let hasSum = format.isOpenMetrics ? histogram.hasSumInOpenMetrics : histogram.sum != nil
        if hasSum, let sum = histogram.sum {
            buffer.append(series: names.sum, labels.text)
            buffer.append(value: sum)
            buffer.append("\n")
        }
        if hasSum || !format.isOpenMetrics {
            buffer.append(series: names.count, labels.text)
            buffer.append(integer: histogram.count)
            buffer.append("\n")
        }
        writeCreation(start, names)
    }

    private mutating func writeCreation(_ start: UInt64, _ names: SeriesNames) {
        guard options.hasCreationTimes, format.isOpenMetrics else { return }
        buffer.append(series: names.created, labels.text)
        buffer.append(seconds: start)
        buffer.append("\n")
    }

    private mutating func write(_ exemplar: Exemplar?) {
        guard format.isOpenMetrics, let exemplar else { return }
        buffer.append(" # {")
        buffer.append(bytes: labels.text(of: exemplar))
        buffer.append("} ")
        buffer.append(number: exemplar.value)
        buffer.append(" ")
        buffer.append(seconds: exemplar.time)
    }
}

extension MetricsSnapshot {
    /// About the number of lines of the page.
    fileprivate var prometheusLines: Int {
        scopes.reduce(0) { sum, scope in
            scope.metrics.reduce(sum) { sum, metric in
                let linesPerPoint =
                    switch metric.data {
                    case .sum, .gauge: 1
                    case .histogram(_, let bounds, _): bounds.count + 3
                    case .exponentialHistogram: 20
                    }
                return sum + metric.data.pointCount * linesPerPoint
            }
        }
    }
}
