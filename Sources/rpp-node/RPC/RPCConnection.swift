internal import Glibc
internal import RPPTelemetry

/// A client's connection. It reads requests and sends replies, within limits of size and time.
struct RPCConnection {
    /// The longest time from a request's first byte to its last.
    static let requestLimit = Duration.seconds(2)
    /// The time after which a connection without a request ends.
    static let idleLimit = Duration.seconds(2)
    /// The longest time from a reply's first byte to its last.
    static let replyLimit = Duration.seconds(2)
    /// How often an idle connection checks for a stop.
    static let idleStep = Duration.milliseconds(20)
    /// The number of requests after which a client has to reconnect, so that no client keeps a
    /// thread forever.
    static let maximumRequests = 10_000

    let socket: OwnedDescriptor
    let handlers: RPCHandlers
    let stop: StopLatch
    private var buffer: [UInt8] = []

    init(_ socket: OwnedDescriptor, handlers: RPCHandlers, stop: StopLatch) {
        self.socket = socket
        self.handlers = handlers
        self.stop = stop
    }

    mutating func serve() {
        for _ in 0..<Self.maximumRequests {
            guard waitForRequest() else { return }
            let start = MonotonicInstant.now
            let request: HTTPRequest
            switch readRequest(until: start.advanced(by: Self.requestLimit)) {
            case .incomplete:
                return
            case .refused(let status):
                reply(.problem(status, "bad request"), .other, keepsAlive: false, since: start)
                return
            case .complete(let complete, let length):
                buffer.removeFirst(length)
                request = complete
            }
            if let page = handlers.pages?.answer(request) {
                // A connection gets only one page, because a scraper that kept its connection would
                // keep a thread.
                _ = send(page.encoded(keepsAlive: false, isHeadOnly: request.isHead))
                return
            }
            let (method, reply) = handlers.answer(request)
            let keepsAlive = request.keepsAlive && !stop.isRequested
            let isSent = self.reply(
                reply, method, keepsAlive: keepsAlive, isHeadOnly: request.isHead, since: start)
            guard isSent, keepsAlive else { return }
        }
    }

    /// Waits for the first byte of a request.
    private func waitForRequest() -> Bool {
        let deadline = MonotonicInstant.now.advanced(by: Self.idleLimit)
        while buffer.isEmpty {
            if socket.wait(for: POLLIN, timeout: Self.idleStep) { return true }
            if stop.isRequested || MonotonicInstant.now >= deadline { return false }
        }
        return true
    }

    /// Reads a request. `incomplete` means that the client is gone.
    private mutating func readRequest(until deadline: MonotonicInstant) -> HTTPRequest.Parsed {
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let parsed = HTTPRequest.parse(buffer)
            guard parsed == .incomplete else { return parsed }
            let remaining = deadline.since(.now)
            guard remaining > .zero else { return .refused(status: 408) }
            guard socket.wait(for: POLLIN, timeout: remaining) else { continue }
            let count = read(socket.value, &chunk, chunk.count)
            if count > 0 {
                buffer += chunk[..<count]
            } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
                return .incomplete
            }
        }
    }

    /// Sends a reply, and records it if the kernel has taken its last byte.
    @discardableResult
    private func reply(
        _ reply: HTTPReply, _ method: RPCMethod, keepsAlive: Bool, isHeadOnly: Bool = false,
        since start: MonotonicInstant
    ) -> Bool {
        let bytes = reply.encoded(keepsAlive: keepsAlive, isHeadOnly: isHeadOnly)
        guard send(bytes) else { return false }
        handlers.books.replied(
            method, status: reply.status, duration: MonotonicInstant.now.since(start))
        return true
    }

    private func send(_ bytes: [UInt8]) -> Bool {
        let deadline = MonotonicInstant.now.advanced(by: Self.replyLimit)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(socket.value, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                let remaining = deadline.since(.now)
                guard remaining > .zero else { return false }
                _ = socket.wait(for: POLLOUT, timeout: remaining)
            } else if errno != EINTR {
                return false
            }
        }
        return true
    }
}
