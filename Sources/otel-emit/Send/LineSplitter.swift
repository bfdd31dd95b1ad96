/// Divides bytes that arrive piece by piece into lines. A line that is too long is skipped.
struct LineSplitter {
    enum Line: Equatable {
        /// The bytes of a line, without its end.
        case text(ArraySlice<UInt8>)
        case tooLong
    }

    /// The most bytes of a line.
    static let lineByteLimit = 1 << 20

    private var rest: [UInt8] = []
    private var isTooLong = false

    /// Calls `take` with each line that ends in this piece.
    mutating func feed(_ piece: ArraySlice<UInt8>, _ take: (Line) -> Void) {
        var piece = piece
        while let end = piece.firstIndex(of: UInt8(ascii: "\n")) {
            let line = piece[..<end]
            piece = piece[(end + 1)...]
            if rest.isEmpty, !isTooLong, line.count <= Self.lineByteLimit {
                take(.text(Self.withoutReturn(line)))
            } else {
                keep(line)
                finish(take)
            }
        }
        keep(piece)
    }

    /// Ends the input, perhaps in the middle of a line.
    mutating func end(_ take: (Line) -> Void) {
        if isTooLong || !rest.isEmpty { finish(take) }
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) {
        guard !isTooLong else { return }
        rest += bytes
        if rest.count > Self.lineByteLimit {
            isTooLong = true
            rest = []
        }
    }

    private mutating func finish(_ take: (Line) -> Void) {
        take(isTooLong ? .tooLong : .text(Self.withoutReturn(rest[...])))
        rest = []
        isTooLong = false
    }

    private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }
}
