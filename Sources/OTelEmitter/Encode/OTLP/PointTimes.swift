internal import JSONText

/// The times of data points. All points of a snapshot have the same time, and their starts are
/// close to each other: what is written of both is kept, and only a start's last digits are new.
struct PointTimes: ~Copyable {
    /// Bytes that `put` needs.
    static let longest = 160

    private let time: UInt64
    /// `],"startTimeUnixNano":"…","timeUnixNano":"…",` for the point that started at `start`.
    private var text = ByteBuffer(capacity: PointTimes.longest)
    private var start: UInt64 = 0
    /// The beginning of the second that holds `start`; 0 if nothing is kept.
    private var second: UInt64 = 0
    /// Where in the text the nanoseconds of `start` are.
    private var place = 0

    private static let nanosecondsInSecond: UInt64 = 1_000_000_000
    /// What closes the list of attributes.
    private static let closing: StaticString = "],"

    init(time: UInt64) {
        self.time = time
    }

    /// Writes the times of a point that begins at `start`, and a comma behind them.
    ///
    /// - Parameter closing: whether a list of attributes is closed in front of them.
    @inline(__always)
    mutating func put(_ start: UInt64, closing: Bool, into pen: inout BytePen) {
        if second == 0 || start < second || start &- second >= Self.nanosecondsInSecond {
            render(start)
        }
        let skipped = closing ? 0 : Self.closing.utf8CodeUnitCount
        let nanoseconds = pen.end + (place - skipped)
        text.withBytes { pen.put(UnsafeRawBufferPointer(rebasing: $0[skipped...])) }
        guard start != self.start else { return }
        let (first, rest) = (start &- second).quotientAndRemainder(dividingBy: 100_000_000)
        var inner = BytePen(at: nanoseconds)
        inner.put(byte: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: first))
        inner.putEight(UInt32(truncatingIfNeeded: rest))
    }

    private mutating func render(_ start: UInt64) {
        self.start = start
        // In the first second of 1970 nothing is kept: those starts have fewer digits.
        second = start - start % Self.nanosecondsInSecond
        text.removeAll()
        text.append(Self.closing)
        text.append("\"startTimeUnixNano\":\"")
        text.append(integer: start)
        place = text.count - 9
        text.append("\",\"timeUnixNano\":\"")
        text.append(integer: time)
        text.append("\",")
    }
}
