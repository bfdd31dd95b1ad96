internal import Glibc
internal import Instruments
public import OTelEmitter

/// Takes a node's snapshot at regular intervals and posts it as plain JSON
/// (`Documentation/node-contract.md`, section 7).
///
///     let worker = TelemetryWorker(telemetry, configuration)
///     for await snapshot in worker.snapshots() { … }
///     worker.shutdown()
///
/// At most one snapshot is being posted and at most one, the newest, is waiting. A waiting snapshot
/// that a newer one replaces is counted by `otelemitter.telemetry_worker.snapshots.superseded`. The
/// node never waits for the endpoint: the worker takes snapshots on one thread of its own and posts
/// them on another. All methods are safe to call from any thread. Shut the worker down before the
/// emitter, so that the last export has its count.
public final class TelemetryWorker: Sendable {
    private let telemetry: NodeTelemetry
    private let push: HTTPPush
    private let streams = SnapshotStreams()
    private let ticker = SnapshotTicker()
    private let isTicking: Bool
    /// The process that the threads belong to; a forked child does not have them.
    private let process = getpid()

    /// Starts the worker. It takes its first snapshot after the first interval.
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
                    reason: "the system refuses to start a thread, so no snapshots are taken"))
        }
    }

    deinit {
        guard getpid() == process else { return }
        ticker.requestEnd()
        streams.finish()
    }

    /// The node's current snapshot, whether or not the endpoint works.
    public func snapshot() -> TelemetrySnapshot { telemetry.snapshot() }

    /// The snapshots that are taken from now on, one for each interval. A slow reader misses some
    /// of them and gets the newest. The stream ends with the worker.
    public func snapshots() -> AsyncStream<TelemetrySnapshot> { streams.make() }

    /// What has become of the snapshots so far.
    public var totals: HTTPPushTotals { push.totals }

    /// Takes a last snapshot, posts it if the timeout allows that, and ends the worker.
    ///
    /// Blocks the calling thread for at most `timeout`. Returns true if the last snapshot was taken
    /// and everything was delivered.
    @discardableResult
    public func shutdown(timeout: Duration = Emitter.defaultTimeout) -> Bool {
        guard getpid() == process else { return false }
        let end = ContinuousClock.now.advanced(by: timeout)
        // If a callback holds up the collection, this does not wait for its end.
        ticker.requestEnd()
        let hasLast = isTicking && ticker.hasEnded(within: timeout / 2)
        streams.finish()
        return push.shutdown(timeout: max(end - .now, .zero)) && hasLast
    }
}
