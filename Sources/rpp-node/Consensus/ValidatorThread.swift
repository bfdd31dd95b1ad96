/// A validator on a thread of its own.
struct ValidatorThread: Sendable {
    private let stop: StopLatch
    private let thread: WorkerThread

    init(
        seat: ValidatorSeat, configuration: NodeConfiguration, node: sending Validator.Node?
    ) throws(SystemCallError) {
        let stop = try StopLatch()
        let validator = Validator(
            seat: seat, configuration: configuration, node: node, stop: stop)
        let handover = Handover(validator)
        self.stop = stop
        thread = try WorkerThread {
            handover.take()?.run()
        }
    }

    /// Stops the validator. Returns whether its thread has ended within the limit.
    func end(within limit: Duration) -> Bool {
        stop.request()
        return thread.join(within: limit)
    }
}
