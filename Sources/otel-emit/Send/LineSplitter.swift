/// Divides bytes that come piece by piece into lines. What is longer than a line may be is passed
/// over.
struct LineSplitter {
    enum Line: Equatable {
        /// Without its end.
        case text(ArraySlice<UInt8>)
        case tooLong
    }

    /// Bytes of a line.
    static let lineByteLimit = 1 << 20

    private var rest: [UInt8] = []
    private var isTooLong = false

    /// Calls `take` with each line that ends in the piece.
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

    /// The input has ended, perhaps in the middle of a line.
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
