internal import Glibc
internal import Instruments
internal import JSONText

/// How points with the same keys write their labels: the names are translated, sorted and written
/// once, and a point has only its values to add.
///
/// A class: to find one and to use it counts one reference, not one for each of its arrays.
// SAFETY: the pointers are used inside the closures that give them, within the bounds that are
// checked or kept beside.
final class PrometheusLabelPlan: Sendable {
    /// A label of the plan.
    struct Label {
        enum Value {
            /// The same for all points.
            case fixed(String)
            /// That of an attribute, by its place among the keys.
            case attribute(Int)
        }

        let name: String
        let value: Value
    }

    /// What stands in front of a value, as a part of `leads`, and the value's place among the keys.
    private struct Piece {
        let lead: Range<Int>
        let place: Int
    }

    /// One after the other, and where each of them ends: no reference is counted for each point.
    private let keys: [UInt8]
    private let keyEnds: [Int]
    private let leads: [UInt8]
    /// Nil if labels have to be joined, so that each point is written the long way.
    private let pieces: [Piece]?

    /// - Parameter labels: sorted by name, none of them fixed to the empty text; nil: several keys
    ///   become one label.
    init(_ keys: [[UInt8]], _ labels: [Label]?) {
        self.keys = keys.flatMap { $0 }
        var end = 0
        keyEnds = keys.map { key in
            end += key.count
            return end
        }
        var pieces: [Piece] = []
        var text = ByteBuffer(capacity: 256)
        var start = 0
        for (index, label) in (labels ?? []).enumerated() {
            if index > 0 { text.append(",") }
            switch label.value {
            case .fixed(let value): text.append(label: label.name, value)
            case .attribute(let place):
                text.append(labelName: label.name)
                text.append("=\"")
                pieces.append(Piece(lead: start..<text.count, place: place))
                start = text.count
                text.append("\"")
            }
        }
        leads = text.bytes()
        self.pieces = labels == nil ? nil : pieces
    }

    /// Whether these attributes have the keys of the plan.
    func suits(_ attributes: [AttributeInPlace]) -> Bool {
        guard attributes.count == keyEnds.count else { return false }
        return keys.withUnsafeBytes { keys in
            var start = 0
            for (attribute, end) in zip(attributes, keyEnds) {
                let length = end - start
                guard attribute.key.count == length else { return false }
                if length > 0, let own = keys.baseAddress, let key = attribute.key.baseAddress,
                    memcmp(own + start, key, length) != 0
                {
                    return false
                }
                start = end
            }
            return true
        }
    }

    /// Appends the labels of a point.
    ///
    /// - Returns: false if they can't be written by the plan: keys become one label, or a value is
    ///   empty, which makes the label none. Then part of them may have been written.
    func write(_ attributes: [AttributeInPlace], to text: inout ByteBuffer) -> Bool {
        guard let pieces else { return false }
        return leads.withUnsafeBytes { leads in
            var end = 0
            for piece in pieces {
                text.append(bytes: UnsafeRawBufferPointer(rebasing: leads[piece.lead]))
                end = piece.lead.upperBound
                let attribute = attributes[piece.place]
                if let string = attribute.string {
                    if string.isEmpty { return false }
                    text.append(escaping: string, quotes: true)
                } else {
                    let value = attribute.value.plainText
                    if value.isEmpty { return false }
                    text.append(escaping: value, quotes: true)
                }
            }
            text.append(bytes: UnsafeRawBufferPointer(rebasing: leads[end...]))
            return true
        }
    }
}
