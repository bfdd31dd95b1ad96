internal import Instruments
internal import JSONText

/// A name at the beginning of lines: one that not every client could read stands in quotes, and
/// with the labels.
struct PrometheusSeriesName {
    let text: [UInt8]
    let isPlain: Bool

    init(_ name: String) {
        isPlain = PrometheusEscaping.isPlain(name, isMetric: true)
        var buffer = ByteBuffer(capacity: 64)
        if isPlain { buffer.append(text: name) } else { buffer.append(quoted: name) }
        text = buffer.bytes()
    }
}

/// The pieces of a line of Prometheus' text formats.
extension ByteBuffer {
    /// `name{labels} `, with the bound of a bucket if there is one.
    mutating func append(
        series name: PrometheusSeriesName, _ labels: [UInt8], bound: Double? = nil
    ) {
        if name.isPlain {
            append(bytes: name.text)
            if !labels.isEmpty || bound != nil { append("{") }
        } else {
            append("{")
            append(bytes: name.text)
            if !labels.isEmpty || bound != nil { append(",") }
        }
        append(bytes: labels)
        if let bound {
            append(labels.isEmpty ? "le=\"" : ",le=\"")
            append(bound: bound)
            append("\"")
        }
        append(!name.isPlain || !labels.isEmpty || bound != nil ? "} " : " ")
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

    /// `name="value"`; the name in quotes if not every client could read it without.
    mutating func append(label name: String, _ value: String) {
        if PrometheusEscaping.isPlain(name, isMetric: false) {
            append(text: name)
        } else {
            append(quoted: name)
        }
        append("=")
        append(quoted: value)
    }

    /// A text in quotes: `\`, `"` and line breaks are escaped, all else is written as it is.
    mutating func append(quoted text: String) {
        append("\"")
        append(escaping: text, quotes: true)
        append("\"")
    }

    /// - Parameter quotes: whether `"` is escaped as well.
    mutating func append(escaping text: String, quotes: Bool) {
        var text = text
        text.withUTF8 { utf8 in
            let raw = UnsafeRawBufferPointer(utf8)
            var start = 0
            for index in raw.indices {
                let escape: StaticString
                switch raw[index] {
                case UInt8(ascii: "\\"): escape = "\\\\"
                case UInt8(ascii: "\n"): escape = "\\n"
                case UInt8(ascii: "\"") where quotes: escape = "\\\""
                default: continue
                }
                append(bytes: UnsafeRawBufferPointer(rebasing: raw[start..<index]))
                append(escape)
                start = index + 1
            }
            append(bytes: UnsafeRawBufferPointer(rebasing: raw[start...]))
        }
    }

    /// A value: the shortest number that reads back as the same, `NaN`, `+Inf` or `-Inf`.
    mutating func append(value: Double) {
        if value.isFinite {
            append(double: value)
        } else if value.isNaN {
            append("NaN")
        } else {
            append(value > 0 ? "+Inf" : "-Inf")
        }
    }

    /// A bound of a bucket: whole numbers with `.0`, so that a series has the same name in all
    /// formats (OpenMetrics: *Considerations: Canonical Numbers*).
    mutating func append(bound: Double) {
        append(value: bound)
        if bound.isFinite, bound.magnitude < 9_007_199_254_740_992, bound.rounded() == bound,
            bound != 0 || bound.sign == .plus
        {
            append(".0")
        }
    }

    /// A time as seconds since 1970, to the nanosecond.
    mutating func append(seconds nanoseconds: UInt64) {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        append(integer: seconds)
        let digits = String(rest)
        append(".")
        append(text: String(repeating: "0", count: 9 - digits.utf8.count) + digits)
    }
}
