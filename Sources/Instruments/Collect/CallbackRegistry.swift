internal import Glibc
internal import Synchronization

/// The callbacks of a provider's observable instruments, and how a collection runs them.
///
/// Each runs exactly once per collection, on a thread apart. One that is past its limit is left
/// alone: its observations are disregarded, and it is skipped until it returns (checklist A4.3,
/// A4.8).
final class CallbackRegistry: Sendable {
    /// Threads that may be left to hanging callbacks; beyond them no callback runs.
    static let maximumHanging = 4

    private let registered = FirstTouchLock(Registered())
    private let turns = Monitor(Turns())
    /// Threads that are left to callbacks past their limit.
    private let hanging = Atomic<Int>(0)
    /// The longest that a collection waits for one of them.
    let limit: Duration
    private let observationLimit: Int

    /// One callback.
    final class Entry: Sendable {
        /// For people: the instruments that it observes.
        let name: String
        let storages: [ObservableStorage]
        let body: @Sendable (ObservationSink) -> Void
        let isRunning = Atomic(false)

        init(
            name: String, storages: [ObservableStorage],
            body: @escaping @Sendable (ObservationSink) -> Void
        ) {
            self.name = name
            self.storages = storages
            self.body = body
        }
    }

    /// What became of the callbacks in one collection.
    struct Outcome {
        var observations: [ObservationSink] = []
        /// Those that observed more than is kept.
        var overfull: [Entry] = []
        /// Those that did not return in time, now or earlier.
        var late: [Entry] = []
        /// Those that were not run because too many threads are left to others.
        var skipped: [Entry] = []
        /// Those for which the collection had no time left.
        var untimely: [Entry] = []

        /// The instruments of which not all callbacks were in time.
        var incomplete: Set<ObjectIdentifier> {
            Set((late + skipped + untimely).flatMap(\.storages).map { ObjectIdentifier($0) })
        }
    }

    private struct Registered {
        var entries: [Int: Entry] = [:]
        var nextKey = 0
        var isClosed = false
    }

    private struct Turns {
        /// The thread whose turn it is.
        var holder: UInt?
        var thread: CallbackThread?
    }

    init(limit: Duration, observationLimit: Int = ObservationSink.maximumObservations) {
        self.limit = limit
        self.observationLimit = observationLimit
    }

    deinit {
        close()
    }

    /// No callback runs any more, and none is held: what it holds may hold this registry.
    func close() {
        let released = registered.withLock { registered in
            registered.isClosed = true
            let entries = registered.entries
            registered.entries = [:]
            return entries
        }
        turns.change { turns in
            turns.thread?.stop()
            turns.thread = nil
        }
        // The host's closures are released here, outside the lock.
        withExtendedLifetime(released) {}
    }

    /// Adds a callback; it first runs in the next collection. One whose instruments are all dropped
    /// never runs.
    func add(_ entry: Entry) -> CallbackRegistration {
        guard entry.storages.contains(where: \.isEnabled) else { return CallbackRegistration {} }
        let key = registered.withLock { registered -> Int? in
            if registered.isClosed { return nil }
            registered.nextKey += 1
            registered.entries[registered.nextKey] = entry
            return registered.nextKey
        }
        return CallbackRegistration { [weak self] in
            guard let key else { return }
            _ = self?.registered.withLock { $0.entries.removeValue(forKey: key) }
        }
    }

    /// Runs all callbacks, in the order of their registration, and hands `read` what came of it.
    ///
    /// Collections take turns until `read` is done, so that a callback never runs twice at once and
    /// observations are read in the order in which they were made. A collection inside a callback,
    /// or inside `read`, can't have a turn, and one whose patience is over has none: it observes
    /// nothing, and the answer is nil.
    ///
    /// - Parameter patience: the longest that it waits for all of them together.
    func observe<Result>(
        _ patience: Duration? = nil, _ read: (Outcome) -> Result
    ) -> Result? {
        let end = patience.map { Monitor<Turns>.now + $0.wholeNanoseconds } ?? .max
        let current = UInt(pthread_self())
        let isNested = turns.change { turns in
            turns.holder == current || turns.thread?.isCurrent ?? false
        }
        if isNested { return nil }
        let hasTurn = turns.wait(until: patience == nil ? nil : end) { turns -> Bool? in
            if turns.holder != nil { return nil }
            turns.holder = current
            return true
        }
        guard hasTurn == true else { return nil }
        defer { turns.change { $0.holder = nil } }
        var outcome = Outcome()
        let sorted = registered.withLock { $0.entries }.sorted { $0.key < $1.key }.map(\.value)
        for entry in sorted {
            if entry.isRunning.load(ordering: .acquiring) {
                outcome.late.append(entry)
            } else if Monitor<Turns>.now >= end {
                outcome.untimely.append(entry)
            } else if hanging.load(ordering: .relaxed) < Self.maximumHanging,
                let thread = thread()
            {
                if let sink = run(entry, on: thread, until: end) {
                    outcome.observations.append(sink)
                    if sink.isOverfull { outcome.overfull.append(entry) }
                } else if Monitor<Turns>.now >= end {
                    outcome.untimely.append(entry)
                } else {
                    outcome.late.append(entry)
                }
            } else {
                outcome.skipped.append(entry)
            }
        }
        return read(outcome)
    }

    /// Nil if it did not return in time.
    private func run(
        _ entry: Entry, on thread: CallbackThread, until end: Int64
    ) -> ObservationSink? {
        let sink = ObservationSink(entry.storages, limit: observationLimit)
        let progress = Progress()
        // Acquired above: what the last run has written is seen by this one.
        entry.isRunning.store(true, ordering: .relaxed)
        let deadline = min(end, Monitor<Turns>.now + limit.wholeNanoseconds)
        let isDone = thread.run(
            { [self] in
                entry.body(sink)
                entry.isRunning.store(false, ordering: .releasing)
                if progress.end() { hanging.wrappingSubtract(1, ordering: .relaxed) }
            }, until: deadline)
        defer { sink.close() }
        if isDone { return sink }
        turns.change { $0.thread = nil }
        guard progress.abandon() else { return sink }
        hanging.wrappingAdd(1, ordering: .relaxed)
        sink.discard()
        return nil
    }

    private func thread() -> CallbackThread? {
        turns.change { turns in
            if turns.thread == nil { turns.thread = CallbackThread() }
            return turns.thread
        }
    }

    /// Whether a run ended or was given up first.
    private final class Progress: Sendable {
        private let state = Atomic<UInt8>(0)

        /// True if the run had been given up.
        func end() -> Bool { state.exchange(1, ordering: .acquiringAndReleasing) == 2 }

        /// False if the run had ended.
        func abandon() -> Bool {
            state.compareExchange(
                expected: 0, desired: 2, ordering: .acquiringAndReleasing
            ).exchanged
        }
    }
}
