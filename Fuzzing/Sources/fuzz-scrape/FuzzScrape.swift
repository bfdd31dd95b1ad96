import Instruments

@testable import OTelEmitter

/// Whatever a scraper asks for, and whatever names and values a host has: the first line is the
/// request's `Accept`, each other one an attribute, as `key=value`. The page has to be lines.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzScrape(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    guard let start, count > 1 else { return 0 }
    let input = UnsafeRawBufferPointer(start: start, count: count)
    let lines = input.dropFirst().split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
    var text = PrometheusText()
    let translations = PrometheusTranslation.allCases
    text.translation = translations[Int(input[0]) % translations.count]
    text.hasScopeLabels = input[0] & 16 == 0
    text.hasTargetInfo = input[0] & 32 == 0
    text.hasCreationTimes = input[0] & 64 == 0
    let page = text.page(of: snapshot(lines.dropFirst()), accept: lines.first)
    check(page.body, isOpenMetrics: page.contentType.hasPrefix("application/"))
    for problem in page.problems { precondition(!problem.isEmpty) }
    return 0
}

/// A counter, a gauge and a histogram, whose points have more and more of the attributes.
private func snapshot(_ lines: ArraySlice<String>) -> MetricsSnapshot {
    let attributes = lines.prefix(8).map { line in
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let text = parts.count == 2 ? String(parts[1]) : ""
        return Attribute(
            String(parts.first ?? ""), Int64(text).map { .int($0) } ?? .string(text))
    }
    let sets = (0...attributes.count).map { AttributeSet(Array(attributes.prefix($0))) }
    let numbers = sets.map { NumberPoint(attributes: $0, start: 1, value: .double(0.5)) }
    let histograms = sets.map {
        HistogramPoint(
            attributes: $0, start: 1, count: 3, sum: 2, minimum: 0, maximum: 1,
            bucketCounts: [1, 2])
    }
    let name = attributes.first?.key ?? "m"
    let metrics = [
        Metric(
            descriptor: MetricDescriptor(name: name, unit: lines.last ?? ""),
            data: .sum(numbers, isMonotonic: true, temporality: .cumulative)),
        Metric(descriptor: MetricDescriptor(name: name + "g"), data: .gauge(numbers)),
        Metric(
            descriptor: MetricDescriptor(name: name + "h", description: lines.last ?? ""),
            data: .histogram(histograms, bounds: [1], temporality: .cumulative)),
    ]
    let scope = InstrumentationScope(name: name, attributes: sets.last ?? .empty)
    return MetricsSnapshot(
        resource: Resource(sets.last ?? .empty), time: 2,
        scopes: [ScopeMetrics(scope: scope, metrics: metrics)])
}

/// Each line is a comment, or ends in a number behind what has as many quotes as it opened.
private func check(_ body: [UInt8], isOpenMetrics: Bool) {
    precondition(body.isEmpty || body.last == UInt8(ascii: "\n"))
    precondition(String(validating: body, as: UTF8.self) != nil)
    let lines = body.split(separator: UInt8(ascii: "\n"))
    if isOpenMetrics { precondition(lines.last.map { Array($0) } == Array("# EOF".utf8)) }
    for line in lines where line.first != UInt8(ascii: "#") {
        var isInside = false
        var isEscaped = false
        for byte in line {
            if isEscaped {
                isEscaped = false
            } else if isInside, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInside.toggle()
            }
        }
        precondition(!isInside && !isEscaped)
        let value = line.split(separator: UInt8(ascii: " ")).last ?? []
        precondition(Double(String(decoding: value, as: UTF8.self)) != nil)
    }
}
