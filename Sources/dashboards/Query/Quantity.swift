/// What a number measures. It follows from the instrument's unit, so that a panel shows that unit
/// and milliseconds are never compared with seconds.
enum Quantity: Equatable {
    case milliseconds, seconds, bytes, bytesPerSecond, perSecond, ratio, number
    /// A number that is shown with all digits, because the height identifies a block.
    case height

    /// - Parameter unit: the unit of an instrument, in UCUM.
    init(unit: String) throws(QueryProblem) {
        switch unit {
        case "ms": self = .milliseconds
        case "s": self = .seconds
        case "By": self = .bytes
        case "1": self = .number
        case "{block}": self = .height
        case let unit where unit.hasPrefix("{") && unit.hasSuffix("}"): self = .number
        default: throw QueryProblem("the unit \"\(unit)\" is not known here")
        }
    }

    /// The quantity per second.
    func perSecond() throws(QueryProblem) -> Quantity {
        switch self {
        case .bytes: .bytesPerSecond
        case .number: .perSecond
        case .seconds, .milliseconds, .bytesPerSecond, .perSecond, .ratio, .height:
            throw QueryProblem("\(self) per second makes no sense")
        }
    }

    /// Grafana's name for the unit.
    var grafanaUnit: String {
        switch self {
        case .milliseconds: "ms"
        case .seconds: "s"
        case .bytes: "bytes"
        case .bytesPerSecond: "Bps"
        case .perSecond: "ops"
        case .ratio: "percentunit"
        case .number: "short"
        case .height: "none"
        }
    }
}

/// A value that a quantity is compared with or marked at.
enum Amount: Equatable {
    case duration(Duration)
    case bytesPerSecond(Int)
    case number(Double)

    /// The amount as a number in the unit of a quantity.
    func text(in quantity: Quantity) throws(QueryProblem) -> String {
        switch (self, quantity) {
        case (.duration(let duration), .seconds): Self.text(Self.milliseconds(duration) / 1000)
        case (.duration(let duration), .milliseconds): Self.text(Self.milliseconds(duration))
        case (.bytesPerSecond(let bytes), .bytesPerSecond): String(bytes)
        case (.number(let number), .number), (.number(let number), .ratio),
            (.number(let number), .height):
            Self.text(number)
        case (.number(0), _): "0"
        default: throw QueryProblem("\(self) is compared with \(quantity)")
        }
    }

    private static func milliseconds(_ duration: Duration) -> Double {
        duration / .milliseconds(1)
    }

    /// The number, without a fraction if that is zero.
    private static func text(_ number: Double) -> String {
        Int(exactly: number).map(String.init) ?? String(number)
    }
}
