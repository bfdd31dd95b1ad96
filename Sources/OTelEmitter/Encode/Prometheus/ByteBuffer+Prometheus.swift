internal import Instruments
internal import JSONText

/// The name at the beginning of a line. A name that not every client can read is put in quotes and
/// among the labels.
struct PrometheusSeriesName {
    let text: [UInt8]

    init(_ name: String) {
        var buffer = ByteBuffer(capacity: 64)
        if PrometheusEscaping.isPlain(name, isMetric: true) {
            buffer.append(text: name)
        } else {
            buffer.append(quoted: name)
        }
        text = buffer.bytes()
    }
}

/// The parts of a line in Prometheus' text formats.
extension ByteBuffer {
    /// `name{labels} `, with an additional last label if there is one, such as the bound of a
    /// bucket.
    mutating func append(
        series name: PrometheusSeriesName, _ labels: borrowing ByteBuffer, last: [UInt8] = []
    ) {
        labels.withBytes { labels in
            name.text.withUnsafeBytes { name in
                last.withUnsafeBytes { last in append(series: name, labels, last) }
            }
        }
    }

    // SAFETY: there is room for everything that is put: the parts and at most five characters.
    private mutating func append(
        series name: UnsafeRawBufferPointer, _ labels: UnsafeRawBufferPointer,
        _ last: UnsafeRawBufferPointer
    ) {
        let isPlain = name.first != UInt8(ascii: "\"")
        let hasLabels = !labels.isEmpty || !last.isEmpty
        write(upTo: name.count + labels.count + last.count + 8) { pen in
            if !isPlain { pen.put(byte: UInt8(ascii: "{")) }
            pen.put(name)
            if hasLabels { pen.put(byte: UInt8(ascii: isPlain ? "{" : ",")) }
            pen.put(labels)
            if !labels.isEmpty, !last.isEmpty { pen.put(byte: UInt8(ascii: ",")) }
            pen.put(last)
            if hasLabels || !isPlain { pen.put(byte: UInt8(ascii: "}")) }
            pen.put(byte: UInt8(ascii: " "))
        }
    }

    /// `# HELP name `
    mutating func append(comment: StaticString, _ name: PrometheusSeriesName) {
        append(comment)
        append(bytes: name.text)
        append(" ")
    }

    mutating func append(number: Number) {
        switch number {
        case .int(let value): append(integer: value)
        case .double(let value): append(value: value)
        }
    }

    /// `name="value"`. The name is in quotes if not every client can read it without.
    mutating func append(label name: String, _ value: String) {
        append(labelName: name)
        append("=")
        append(quoted: value)
    }

    /// The name, in quotes if not every client can read it without.
    mutating func append(labelName name: String) {
        if PrometheusEscaping.isPlain(name, isMetric: false) {
            append(text: name)
        } else {
            append(quoted: name)
        }
    }

    /// A text in quotes. `\`, `"` and line breaks are escaped; everything else is written
    /// unchanged.
    mutating func append(quoted text: String) {
        append("\"")
        append(escaping: text, quotes: true)
        append("\"")
    }

    /// - Parameter quotes: whether `"` is escaped as well.
    mutating func append(escaping text: String, quotes: Bool) {
        var text = text
        text.withUTF8 { append(escaping: UnsafeRawBufferPointer($0), quotes: quotes) }
    }

    /// The same for a text in UTF-8.
    mutating func append(escaping text: UnsafeRawBufferPointer, quotes: Bool) {
        var start = 0
        for (index, byte) in text.enumerated() {
            let escape: StaticString
            switch byte {
            case UInt8(ascii: "\\"): escape = "\\\\"
            case UInt8(ascii: "\n"): escape = "\\n"
            case UInt8(ascii: "\"") where quotes: escape = "\\\""
            default: continue
            }
            append(bytes: UnsafeRawBufferPointer(rebasing: text[start..<index]))
            append(escape)
            start = index + 1
        }
        append(bytes: UnsafeRawBufferPointer(rebasing: text[start...]))
    }

    /// A value: the shortest number that is read back as the same value, or `NaN`, `+Inf` or
    /// `-Inf`.
    mutating func append(value: Double) {
        if value.isFinite {
            append(double: value)
        } else if value.isNaN {
            append("NaN")
        } else {
            append(value > 0 ? "+Inf" : "-Inf")
        }
    }

    /// The bound of a bucket. Whole numbers end with `.0`, so that a series has the same name in
    /// all formats (OpenMetrics: *Considerations: Canonical Numbers*).
    mutating func append(bound: Double) {
        append(value: bound)
        if bound.isFinite, bound.magnitude < 9_007_199_254_740_992, bound.rounded() == bound,
            bound != 0 || bound.sign == .plus
        {
            append(".0")
        }
    }

    /// A time in seconds since 1970, to the nanosecond.
    mutating func append(seconds nanoseconds: UInt64) {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        append(integer: seconds)
        let digits = String(rest)
        append(".")
        append(text: String(repeating: "0", count: 9 - digits.utf8.count) + digits)
    }
}
