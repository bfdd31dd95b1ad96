internal import JSONText

/// Writes the times of data points. All points of a snapshot have the same time, and their start
/// times are close together. The text of both is therefore kept, and only the last digits of a
/// start time are written for each point.
struct PointTimes: ~Copyable {
    /// The room that `put` needs, in bytes.
    static let longest = 160

    private let time: UInt64
    /// `],"startTimeUnixNano":"…","timeUnixNano":"…",` for a point that started at `start`.
    private var text = ByteBuffer(capacity: PointTimes.longest)
    private var start: UInt64 = 0
    /// The beginning of the second that contains `start`, or 0 if no text is kept.
    private var second: UInt64 = 0
    /// The position of the nanoseconds of `start` in the text.
    private var place = 0

    private static let nanosecondsInSecond: UInt64 = 1_000_000_000
    /// Ends the list of attributes.
    private static let closing: StaticString = "],"

    init(time: UInt64) {
        self.time = time
    }

    /// Writes the times of a point that started at `start`, followed by a comma.
    ///
    /// - Parameter closing: whether to end a list of attributes first.
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
        // In the first second of 1970 no text is kept, because those start times have fewer digits.
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
