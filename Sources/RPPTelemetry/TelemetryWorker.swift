internal import Glibc
internal import Instruments
public import OTelEmitter

/// Takes a node's snapshot again and again, and posts it as bare JSON (contract, section 7).
///
///     let worker = TelemetryWorker(telemetry, configuration)
///     for await snapshot in worker.snapshots() { … }
///     worker.shutdown()
///
/// One snapshot is on its way, the newest waits; what a newer one takes the place of is counted by
/// `otelemitter.telemetry_worker.snapshots.superseded`. Whatever the endpoint does, the node does
/// not wait: snapshots are taken on a thread of the worker's own, and posted on another. Safe to
/// call from any thread. Shut it down before the emitter, so that its count is in the last export.
public final class TelemetryWorker: Sendable {
    private let telemetry: NodeTelemetry
    private let push: HTTPPush
    private let streams = SnapshotStreams()
    private let ticker = SnapshotTicker()
    private let isTicking: Bool
    /// The process that has the threads; a forked child has not.
    private let process = getpid()

    /// Starts at once; the first snapshot is taken after the first interval.
    public init(_ telemetry: NodeTelemetry, _ configuration: TelemetryWorkerConfiguration) {
        self.telemetry = telemetry
        let superseded = telemetry.supersededSnapshots()
        var options = HTTPPushOptions(endpoint: configuration.endpoint)
        options.headers = configuration.headers
        options.tls = configuration.tls
        options.timeout = configuration.timeout
        options.diagnosticHandler = configuration.diagnosticHandler
        options.supersededHandler = { superseded.add(1) }
        let push = HTTPPush(options)
        self.push = push
        isTicking = ticker.start(every: configuration.interval) { [streams] in
            let snapshot = telemetry.snapshot()
            streams.yield(snapshot)
            push.offer(snapshot.json())
            configuration.snapshotLog?(snapshot.summary)
        }
        if !isTicking {
            configuration.diagnosticHandler(
                .pushFailing(
                    endpoint: configuration.endpoint.description,
                    reason: "the system refuses a further thread; no snapshots are taken"))
        }
    }

    deinit {
        guard getpid() == process else { return }
        ticker.requestEnd()
        streams.finish()
    }

    /// The node's snapshot as it is now, whether or not the endpoint works.
    public func snapshot() -> TelemetrySnapshot { telemetry.snapshot() }

    /// The snapshots that are taken from now on, one for each interval; who is slow misses some and
    /// gets the newest. Ends with the worker.
    public func snapshots() -> AsyncStream<TelemetrySnapshot> { streams.make() }

    /// What has become of the snapshots.
    public var totals: HTTPPushTotals { push.totals }

    /// Takes a last snapshot, posts it if it can within the timeout, and ends the worker.
    ///
    /// Blocks the calling thread, at most for `timeout`. True if the last snapshot was taken and
    /// nothing was left undelivered.
    @discardableResult
    public func shutdown(timeout: Duration = Emitter.defaultTimeout) -> Bool {
        guard getpid() == process else { return false }
        let end = ContinuousClock.now.advanced(by: timeout)
        // A collection that a callback holds up is not waited for to its end.
        ticker.requestEnd()
        let hasLast = isTicking && ticker.hasEnded(within: timeout / 2)
        streams.finish()
        return push.shutdown(timeout: max(end - .now, .zero)) && hasLast
    }
}
