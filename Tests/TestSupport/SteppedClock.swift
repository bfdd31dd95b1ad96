import Synchronization

/// A wall clock that stands still until a test moves it, forwards or backwards.
package final class SteppedClock: Sendable {
    private let time: Atomic<UInt64>

    package init(_ start: UInt64 = 1000) {
        time = Atomic(start)
    }

    package var now: UInt64 {
        get { time.load(ordering: .relaxed) }
        set { time.store(newValue, ordering: .relaxed) }
    }
}
