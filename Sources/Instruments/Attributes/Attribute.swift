/// The value of an attribute: OpenTelemetry's AnyValue.
///
/// Arrays and maps may hold any values; the elements of a homogeneous array should be of one kind
/// (common specification, *AnyValue*). An empty value is meaningful and kept. A set keeps 24 levels
/// of arrays and maps within each other.
public enum AttributeValue: Sendable, Hashable {
    /// Text.
    case string(String)
    /// True or false.
    case bool(Bool)
    /// A signed integer of 64 bits.
    case int(Int64)
    /// A double, compared by bit pattern.
    case double(Double)
    /// Bytes without a meaning of their own.
    case bytes([UInt8])
    /// Values in an order that matters.
    case array([AttributeValue])
    /// Values by key, compared in their order; a set keeps them sorted.
    case map([Attribute])
    /// No value, which differs from every other one.
    case empty

    /// Doubles are compared by bit pattern, so that NaN equals itself and a set that holds it can
    /// be found again.
    public static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.isSame(as: right)
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
        case (.bytes(let left), .bytes(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        case (.empty, .empty): true
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .string(let value): Attribute.hash(value, into: &hasher)
        case .bool(let value): hasher.combine(value)
        case .int(let value): hasher.combine(value)
        case .double(let value): hasher.combine(value.bitPattern)
        case .bytes(let value): hasher.combine(value)
        case .array(let value): hasher.combine(value)
        case .map(let value): hasher.combine(value)
        case .empty: hasher.combine(0)
        }
    }
}

extension AttributeValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self = .string(value) }
}

extension AttributeValue: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int64) { self = .int(value) }
}

extension AttributeValue: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension AttributeValue: ExpressibleByFloatLiteral {
    public init(floatLiteral value: Double) { self = .double(value) }
}

/// A key and its value.
///
/// Keys are case-sensitive and compared byte by byte, as receivers compare them.
public struct Attribute: Sendable, Hashable {
    /// The key. A set leaves out an attribute whose key is empty.
    public let key: String
    /// The value.
    public let value: AttributeValue

    /// Makes an attribute; any key and any value will do.
    public init(_ key: String, _ value: AttributeValue) {
        self.key = key
        self.value = value
    }

    public static func == (left: Attribute, right: Attribute) -> Bool {
        left.key.isSame(as: right.key) && left.value == right.value
    }

    public func hash(into hasher: inout Hasher) {
        Self.hash(key, into: &hasher)
        hasher.combine(value)
    }

    /// Swift's own string hash normalises Unicode; receivers don't, and it costs time.
    static func hash(_ text: String, into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}
