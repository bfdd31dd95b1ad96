/// A program of measurements that both SDKs run, as `Tests/Differential/measure.py` reads it.
struct Plan: Encodable {
    var seed: UInt64
    /// What histograms are aggregated to that no view selects.
    var histogramAggregation: PlannedAggregation
    /// "delta" or "lowMemory": what the second reader prefers.
    var preference: String
    var views: [PlannedView]
    var instruments: [PlannedInstrument]
    /// The attribute sets that measurements choose from.
    var sets: [[[String]]]
    var rounds: [Round]

    /// What happens before one collection, which ends it.
    struct Round: Encodable {
        var measurements: [Measurement]
        /// What callbacks observe in this collection.
        var observations: [Measurement]
        /// Whether the reader of differences collects too.
        var isExported: Bool
    }

    struct Measurement: Encodable {
        var instrument: Int
        var value: PlainNumber
        var set: Int
        /// In our SDK: by the call with attributes, or through a bound instrument.
        var isBound = false
        /// In our SDK: on a thread of its own, so that several blocks of cells are read.
        var isElsewhere = false
    }
}

struct PlannedInstrument: Encodable {
    var meter: String
    var name: String
    var kind: String
    var isInteger: Bool
    var unit: String
    var description: String
    /// A histogram's advice.
    var boundaries: [PlainNumber]?
    /// An observable instrument of which some series vanish or fall: see `Comparison`.
    var isIrregular: Bool
}

struct PlannedView: Encodable {
    var name: String?
    var kind: String?
    var unit: String?
    var meter: String?
    var rename: String?
    var description: String?
    /// The keys that are kept. Python's SDK has no list of excluded ones: `excluded` says the same.
    var keys: [String]?
    var excluded: [String]?
    var aggregation: PlannedAggregation
    var limit: Int?
}

struct PlannedAggregation: Encodable {
    var kind: String
    var bounds: [PlainNumber]?
    var recordsMinMax = true
    var size = 160
    var scale: Int32 = 20
}

/// A number as it travels: doubles as the digits of their bits, so that nothing is rounded.
enum PlainNumber: Codable, Equatable {
    case int(Int64)
    case double(Double)

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        if text.hasPrefix("i"), let value = Int64(text.dropFirst()) {
            self = .int(value)
        } else if let value = Double(hexadecimalBits: String(text.suffix(16))) {
            self = .double(value)
        } else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: text))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    var text: String {
        switch self {
        case .int(let value): "i\(value)"
        case .double(let value): "d" + value.hexadecimalBits
        }
    }

    var asDouble: Double {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        }
    }
}

extension Double {
    init?(hexadecimalBits text: String) {
        guard text.utf8.count == 16, let bits = UInt64(text, radix: 16) else { return nil }
        self.init(bitPattern: bits)
    }

    var hexadecimalBits: String {
        let digits = String(bitPattern, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
