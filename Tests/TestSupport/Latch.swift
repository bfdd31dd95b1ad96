internal import Instruments

/// Something that is closed until a test opens it, once.
package final class Latch: Sendable {
    private let isOpen = Monitor(false)

    package init() {}

    package func open() {
        isOpen.withLock { $0 = true }
    }

    /// Whether the gate is open, or opens within `limit`.
    package func wait(within limit: Duration) -> Bool {
        isOpen.wait(within: limit) { $0 ? true : nil } ?? false
    }
}
