/// Holds the host's reservoirs of a stream beside their series: these may be let go under a lock,
/// and the end of a reservoir is the host's code.
final class HostReservoirs: Sendable {
    private let boxes = FirstTouchLock<[Box]>([])

    final class Box: Sendable {
        let reservoir: any ExemplarReservoir

        init(_ reservoir: any ExemplarReservoir) { self.reservoir = reservoir }
    }

    func hold(_ box: Box) {
        boxes.withLock { $0.append(box) }
    }

    /// Lets go of those whose series are gone. Called where no lock is held.
    func releaseUnused() {
        let released = boxes.withLock { boxes in
            var released: [Box] = []
            for place in boxes.indices.reversed() where isKnownUniquelyReferenced(&boxes[place]) {
                boxes.swapAt(place, boxes.count - 1)
                released.append(boxes.removeLast())
            }
            return released
        }
        withExtendedLifetime(released) {}
    }
}
