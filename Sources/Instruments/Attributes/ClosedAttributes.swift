/// Attribute sets that are known beforehand: each has an index, so its series sits in a table.
///
/// Conform an enum through `AttributeEnum`, and combine enums with `AttributePair` and
/// `AttributeTriple`.
public protocol ClosedAttributes: Sendable {
    /// How many sets there are.
    static var count: Int { get }
    /// The position of this set, from 0 up to `count`, that no other set has.
    var index: Int { get }
    /// The attributes of this set.
    var attributes: [Attribute] { get }
    /// All sets.
    static var all: [Self] { get }
}

/// An attribute whose values are the cases of an enum with the raw values 0, 1, 2 and so on, in any
/// order. Other raw values are reported, and work alone: in a pair or triple some of them may be
/// those of another set, and what is measured there is dropped.
public protocol AttributeEnum: ClosedAttributes, CaseIterable, RawRepresentable<Int> {
    /// The attribute's key.
    static var attributeKey: String { get }
    /// The attribute's value for this case.
    var attributeValue: String { get }
}

extension AttributeEnum {
    @inlinable public static var count: Int { allCases.count }

    @inlinable public var index: Int { rawValue }

    public var attributes: [Attribute] {
        [Attribute(Self.attributeKey, .string(attributeValue))]
    }

    public static var all: [Self] { Array(allCases) }
}

/// Two closed attributes together.
public struct AttributePair<First: ClosedAttributes, Second: ClosedAttributes>: ClosedAttributes {
    /// The first part.
    public let first: First
    /// The second part.
    public let second: Second

    /// Makes the pair of two values.
    @inlinable
    public init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    @inlinable public static var count: Int { First.count &* Second.count }

    @inlinable public var index: Int { first.index &* Second.count &+ second.index }

    public var attributes: [Attribute] { first.attributes + second.attributes }

    public static var all: [Self] {
        First.all.flatMap { first in Second.all.map { Self(first, $0) } }
    }
}

/// Three closed attributes together.
public typealias AttributeTriple<
    First: ClosedAttributes, Second: ClosedAttributes, Third: ClosedAttributes
> = AttributePair<First, AttributePair<Second, Third>>
