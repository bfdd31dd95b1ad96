/// Until when a transfer may go on: as long as the callers of `shutdown` wait, less the time that
/// it takes to put on disk what it could not send.
///
/// Used by the emitter's thread alone.
final class TransferCutoff {
    /// The part of a shutdown's time that is kept for the disk, up to `longestReserve`.
    private static let reserve = 4
    private static let longestReserve = Duration.seconds(1)

    private let mailbox: ExportMailbox
    private let clock: EmitterClock
    private let hasSpool: Bool
    /// Settled when the shutdown is first seen: a part of what is left would shrink to nothing.
    private var reserve: Duration?

    init(_ mailbox: ExportMailbox, _ clock: EmitterClock, hasSpool: Bool) {
        self.mailbox = mailbox
        self.clock = clock
        self.hasSpool = hasSpool
    }

    /// Later than ever while nobody asks for a shutdown.
    func callAsFunction() -> MonotonicTime {
        let end = mailbox.cutoff()
        guard hasSpool, end < .distantFuture else { return end }
        let left = max(end - clock.now(), .zero)
        let reserve = self.reserve ?? min(left / Self.reserve, Self.longestReserve)
        self.reserve = reserve
        return end + (.zero - reserve)
    }
}
