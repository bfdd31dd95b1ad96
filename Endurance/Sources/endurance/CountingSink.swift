import Glibc
import Synchronization

/// A collector that accepts everything and counts it, for one emitter after the other.
///
/// It listens on a free port and has a thread of its own. Each run sends to a target of its own, so
/// that what comes late is not taken for the next run's.
final class CountingSink: Sendable {
    /// What one run has sent.
    struct Tally {
        var requests = 0
        /// The value of each data point, in the order of arrival.
        var values: [Int] = []
        /// When the first answer was written, by the clock that never steps; nil: not yet.
        var answeredAt: Double?
    }

    private struct State {
        var run = 0
        var hold: Int32?
        var tally = Tally()
        /// Data points of all runs, those that came late included.
        var points = 0
        /// Requests of another run than the present one.
        var strays = 0
    }

    private static let mark = Array("\"asInt\":\"".utf8)

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())
    /// A byte for each request that is held, and one for each that shall be held no longer.
    private let arrivals = Loopback.pipe()
    private let releases = Loopback.pipe()
    private let stop = Loopback.pipe()
    private let thread = Mutex<pthread_t?>(nil)

    init() {
        (listener, port) = Loopback.listen()
        let started = Threads.start { [self] in serve() }
        thread.withLock { $0 = started }
    }

    deinit {
        for file in [listener, arrivals.read, arrivals.write, releases.read, releases.write] {
            close(file)
        }
        close(stop.read)
        close(stop.write)
    }

    /// Ends the thread. No connection is open any more.
    func end() {
        Loopback.signal(stop.write)
        thread.withLock(\.self).map(Threads.join)
    }

    // MARK: The runs

    func target(_ run: Int) -> String { "http://127.0.0.1:\(port)/runs/\(run)" }

    /// - Parameter hold: milliseconds that the answer to the first request comes after `release`;
    ///   nil: it comes at once.
    func begin(_ run: Int, hold: Int32? = nil) {
        state.withLock { $0 = State(run: run, hold: hold, points: $0.points, strays: $0.strays) }
    }

    /// Waits for the request whose answer is held. False if none comes.
    func awaitRequest() -> Bool {
        guard Loopback.readable(arrivals.read, within: 10_000).contains(arrivals.read) else {
            return false
        }
        return Self.take(arrivals.read)
    }

    /// The answer that is held comes soon.
    func release() { Loopback.signal(releases.write) }

    var tally: Tally { state.withLock { $0.tally } }
    var points: Int { state.withLock { $0.points } }
    var strays: Int { state.withLock { $0.strays } }

    // MARK: The thread

    private func serve() {
        while !Loopback.readable(listener, stop.read).contains(stop.read) {
            let descriptor = Loopback.accept(listener)
            guard descriptor >= 0 else { continue }
            serve(SinkConnection(descriptor))
            close(descriptor)
        }
    }

    private func serve(_ connection: SinkConnection) {
        var connection = connection
        while let request = connection.next() {
            if let hold = take(request) { wait(hold) }
            state.withLock { $0.tally.answeredAt = $0.tally.answeredAt ?? Process.seconds }
            connection.accept()
        }
    }

    /// Counts a request; how long its answer is held after the release, if it is.
    private func take(_ request: SinkConnection.Request) -> Int32? {
        let values = Self.values(request.body)
        return state.withLock { state in
            state.points += values.count
            guard request.target == "/runs/\(state.run)" else {
                state.strays += 1
                return nil
            }
            state.tally.requests += 1
            state.tally.values += values
            defer { state.hold = nil }
            return state.hold
        }
    }

    private func wait(_ hold: Int32) {
        Loopback.signal(arrivals.write)
        // Nobody waits for ever for an emitter that does not come to its shutdown.
        guard Loopback.readable(releases.read, within: 10_000).contains(releases.read) else {
            return
        }
        _ = Self.take(releases.read)
        poll(nil, 0, hold)
    }

    private static func take(_ pipe: Int32) -> Bool {
        var byte: UInt8 = 0
        return read(pipe, &byte, 1) == 1
    }

    /// The integers of all data points in a request.
    private static func values(_ body: ArraySlice<UInt8>) -> [Int] {
        var values: [Int] = []
        var rest = body
        while let found = rest.firstRange(of: mark) {
            let digits = rest[found.upperBound...].prefix { $0 != UInt8(ascii: "\"") }
            values.append(Int(String(decoding: digits, as: UTF8.self)) ?? 0)
            rest = rest[digits.endIndex...]
        }
        return values
    }
}
