extension Division {
    /// What one request is made of: data points of some metrics, in order.
    struct Part {
        /// Consecutive data points of one metric.
        struct Piece {
            /// Position among the metrics of the whole request.
            let metric: Int
            let points: Range<Int>
        }

        let pieces: [Piece]

        init(_ pieces: some Sequence<Piece>) {
            self.pieces = Array(pieces)
        }

        /// Data points.
        var count: Int { pieces.reduce(0) { $0 + $1.points.count } }

        var ranges: [Range<Int>] { pieces.map(\.points) }

        /// Two parts with half of the points each.
        var halves: (left: Part, right: Part) {
            var left: [Piece] = []
            var right: [Piece] = []
            var room = count / 2
            for piece in pieces {
                let middle = piece.points.lowerBound + min(room, piece.points.count)
                room -= middle - piece.points.lowerBound
                left.append(Piece(metric: piece.metric, points: piece.points.lowerBound..<middle))
                right.append(Piece(metric: piece.metric, points: middle..<piece.points.upperBound))
            }
            return (
                Part(left.filter { !$0.points.isEmpty }), Part(right.filter { !$0.points.isEmpty })
            )
        }

        /// What of it is not at one of these positions among its pieces.
        func without(_ positions: Set<Int>) -> Part {
            Part(pieces.indices.filter { !positions.contains($0) }.map { pieces[$0] })
        }
    }
}
