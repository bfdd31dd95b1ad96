/// The name of a batch's file. It contains all that the spool needs to know without opening the
/// file.
///
/// `SSSSSSSSSSSSSSSS-TTTTTTTTTTTTTTTT-PPPPPPPP-BBBBBBBB.batch`, in hexadecimal digits of fixed
/// width: the sequence number within the incarnation, the time of collection in nanoseconds since
/// 1970, the number of data points, and the bytes of the body. Names therefore sort by sequence,
/// and listing a directory of 100,000 batches is enough to know them. If the content of a file is
/// damaged, its name still tells how many data points are lost.
package struct SpoolName: Sendable, Hashable, Comparable {
    /// The largest body in bytes. Longer ones are neither stored nor read.
    static let bodyByteLimit = 256 << 20
    /// The file that a batch is written to before it is renamed.
    package static let temporary = "batch.tmp"
    /// The file whose lock shows that the incarnation is alive.
    package static let lock = "lock"
    /// A file that shows that the incarnation could not take the lock, because the file system has
    /// no locks.
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

    /// Nil if `text` is not exactly the `text` of some name.
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

    /// The size of the whole file in bytes.
    var fileBytes: Int { SpoolFormat.headerBytes + Int(bytes) }

    /// The order of sending.
    package static func < (left: SpoolName, right: SpoolName) -> Bool {
        (left.sequence, left.collectedAt) < (right.sequence, right.collectedAt)
    }

    /// Accepts only lowercase digits, so that there is only one way to write a name.
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
