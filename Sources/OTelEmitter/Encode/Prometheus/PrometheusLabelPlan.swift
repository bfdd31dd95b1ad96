internal import Glibc
internal import Instruments
internal import JSONText

/// Writes the labels of points that have the same keys. The names are translated, sorted and
/// encoded once, so that only the values have to be added for each point.
///
/// This is a class, so that finding and using a plan counts one reference instead of one for each
/// of its arrays.
// SAFETY: pointers are only used inside the closures that provide them, within bounds that are
// checked or stored next to them.
final class PrometheusLabelPlan: Sendable {
    /// A label of the plan.
    struct Label {
        enum Value {
            /// The value is the same for all points.
            case fixed(String)
            /// The value is that of an attribute, given by its position among the keys.
            case attribute(Int)
        }

        let name: String
        let value: Value
    }

    /// The text before a value, as a range of `leads`, and the position of the value among the
    /// keys.
    private struct Piece {
        let lead: Range<Int>
        let place: Int
    }

    /// All keys in one array, and the end of each. This avoids counting a reference for each point.
    private let keys: [UInt8]
    private let keyEnds: [Int]
    private let leads: [UInt8]
    /// Nil if several keys become one label. Each point is then written without the plan.
    private let pieces: [Piece]?

    /// - Parameter labels: sorted by name, none of them fixed to the empty text. Nil if several
    ///   keys become one label.
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
    /// - Returns: false if the plan can't write them, because several keys become one label or
    ///   because a value is empty, so that its label has to be left out. Some of them may have been
    ///   written then.
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
