/// What the file of a batch is called: all that the spool must know without opening it.
///
/// `SSSSSSSSSSSSSSSS-TTTTTTTTTTTTTTTT-PPPPPPPP-BBBBBBBB.batch`, in hexadecimal digits of fixed
/// width: sequence number within the incarnation, time of collection in nanoseconds since 1970,
/// data points, bytes of the body. So names sort by sequence, a directory of 100,000 batches is
/// known by listing it, and a file that is damaged inside still tells how many data points are lost
/// with it.
package struct SpoolName: Sendable, Hashable, Comparable {
    /// Bytes of a body, at most; nothing longer is stored or read.
    static let bodyByteLimit = 256 << 20
    /// The file that a batch is written to before it gets its name.
    package static let temporary = "batch.tmp"
    /// The file whose lock says that the incarnation is alive.
    package static let lock = "lock"
    /// A file that says that the incarnation could not take the lock, as its file system has none.
    package static let unlocked = "unlocked"

    private static let widths = [16, 16, 8, 8]
    private static let suffix = Array(".batch".utf8)

    let sequence: UInt64
    package let collectedAt: UInt64
    package let points: UInt32
    package let bytes: UInt32

    init(sequence: UInt64, collectedAt: UInt64, points: UInt32, bytes: UInt32) {
        self.sequence = sequence
        self.collectedAt = collectedAt
        self.points = points
        self.bytes = bytes
    }

    /// Nil if `text` is not exactly what `text` of some name is.
    package init?(_ text: String) {
        var fields: [UInt64] = []
        var rest = Array(text.utf8)[...]
        for (index, width) in Self.widths.enumerated() {
            if index > 0 {
                guard rest.popFirst() == UInt8(ascii: "-") else { return nil }
            }
            guard let value = Self.hexadecimal(rest.prefix(width), width) else { return nil }
            fields.append(value)
            rest = rest.dropFirst(width)
        }
        guard rest.elementsEqual(Self.suffix), fields[3] <= UInt64(Self.bodyByteLimit) else {
            return nil
        }
        self.init(
            sequence: fields[0], collectedAt: fields[1],
            points: UInt32(truncatingIfNeeded: fields[2]),
            bytes: UInt32(truncatingIfNeeded: fields[3]))
    }

    package var text: String {
        let fields = [sequence, collectedAt, UInt64(points), UInt64(bytes)]
        return zip(fields, Self.widths).map { value, width in
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: width - digits.count) + digits
        }.joined(separator: "-") + ".batch"
    }

    /// Bytes of the whole file.
    var fileBytes: Int { SpoolFormat.headerBytes + Int(bytes) }

    /// The order of sending.
    package static func < (left: SpoolName, right: SpoolName) -> Bool {
        (left.sequence, left.collectedAt) < (right.sequence, right.collectedAt)
    }

    /// Lowercase digits only: there is one way to write a name.
    private static func hexadecimal(_ digits: ArraySlice<UInt8>, _ width: Int) -> UInt64? {
        guard digits.count == width else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }
}
