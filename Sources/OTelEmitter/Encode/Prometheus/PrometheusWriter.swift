internal import Instruments
internal import JSONText

/// Writes one page.
struct PrometheusWriter: ~Copyable {
    /// What is not in the page, and why.
    private(set) var problems: [String]

    private var buffer = ByteBuffer(capacity: 65_536)
    private var labels: PrometheusLabels
    private let options: PrometheusText
    private let format: PrometheusFormat
    private let families: PrometheusFamilies

    init(_ options: PrometheusText, _ format: PrometheusFormat, _ snapshot: MetricsSnapshot) {
        self.options = options
        self.format = format
        labels = PrometheusLabels(options.translation, format.escaping)
        families = PrometheusFamilies(
            snapshot, options.translation, format,
            reserved: options.hasTargetInfo ? ["target", "target_info"] : [])
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
        buffer.append(
            series: PrometheusSeriesName("target_info"), labels.text(of: resource.attributes))
        buffer.append("1\n")
    }

    private mutating func write(_ family: PrometheusFamily) {
        let names = SeriesNames(family, isOpenMetrics: format.isOpenMetrics)
        writeHead(names.family, family.kind.word, help: family.help, unit: family.unit)
        var shown: Set<[UInt8]> = []
        for part in family.parts {
            let scope = options.hasScopeLabels ? labels.labels(of: part.scope) : []
            switch part.data {
            case .sum(let points, _, _), .gauge(let points):
                for point in points {
                    let text = labels.text(of: point.attributes, scope)
                    if isNew(text, in: family, &shown) { write(point, text, names, family.kind) }
                }
            case .histogram(let points, let bounds, _):
                for point in points {
                    let text = labels.text(of: point.attributes, scope, isHistogram: true)
                    guard isNew(text, in: family, &shown) else { continue }
                    write(PrometheusHistogram(point, bounds: bounds), point.start, text, names)
                }
            case .exponentialHistogram(let points, _):
                for point in points {
                    let text = labels.text(of: point.attributes, scope, isHistogram: true)
                    guard isNew(text, in: family, &shown) else { continue }
                    write(PrometheusHistogram(point), point.start, text, names)
                }
            }
        }
    }

    /// Whether no series of the family has these labels yet: other attributes may have become the
    /// same labels.
    private mutating func isNew(
        _ text: [UInt8], in family: PrometheusFamily, _ shown: inout Set<[UInt8]>
    ) -> Bool {
        if shown.insert(text).inserted { return true }
        let series = String(decoding: text, as: UTF8.self)
        problems.append("\(family.name){\(series)} is there twice; the first one is shown.")
        return false
    }
}

/// The names of a family's lines.
private struct SeriesNames {
    let family: PrometheusSeriesName
    let sample: PrometheusSeriesName
    let bucket: PrometheusSeriesName
    let sum: PrometheusSeriesName
    let count: PrometheusSeriesName
    let created: PrometheusSeriesName

    init(_ family: PrometheusFamily, isOpenMetrics: Bool) {
        let name = family.name
        let isBare = family.kind == .counter && isOpenMetrics
        self.family = PrometheusSeriesName(name)
        sample = PrometheusSeriesName(isBare ? name + PrometheusName.total : name)
        bucket = PrometheusSeriesName(name + "_bucket")
        sum = PrometheusSeriesName(name + "_sum")
        count = PrometheusSeriesName(name + "_count")
        created = PrometheusSeriesName(name + "_created")
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
        _ point: NumberPoint, _ text: [UInt8], _ names: SeriesNames, _ kind: PrometheusFamily.Kind
    ) {
        buffer.append(series: names.sample, text)
        buffer.append(number: point.value)
        guard kind == .counter else { return buffer.append("\n") }
        write(point.exemplars.max { $0.time < $1.time })
        buffer.append("\n")
        writeCreation(point.start, text, names)
    }

    private mutating func write(
        _ histogram: PrometheusHistogram, _ start: UInt64, _ text: [UInt8], _ names: SeriesNames
    ) {
        for (index, bucket) in histogram.buckets.enumerated() {
            buffer.append(series: names.bucket, text, bound: bucket.bound)
            buffer.append(integer: bucket.count)
            write(histogram.exemplar(ofBucket: index))
            buffer.append("\n")
        }
        let hasSum = format.isOpenMetrics ? histogram.hasSumInOpenMetrics : histogram.sum != nil
        if hasSum, let sum = histogram.sum {
            buffer.append(series: names.sum, text)
            buffer.append(value: sum)
            buffer.append("\n")
        }
        if hasSum || !format.isOpenMetrics {
            buffer.append(series: names.count, text)
            buffer.append(integer: histogram.count)
            buffer.append("\n")
        }
        writeCreation(start, text, names)
    }

    private mutating func writeCreation(_ start: UInt64, _ text: [UInt8], _ names: SeriesNames) {
        guard options.hasCreationTimes, format.isOpenMetrics else { return }
        buffer.append(series: names.created, text)
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
