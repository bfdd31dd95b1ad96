internal import Glibc
internal import Instruments

/// One accepted connection, driven by its script on a thread of its own.
struct ScriptedConnection {
    /// More bytes than this are no request of a test.
    private static let requestLimit = 256 << 20

    let number: Int
    let descriptor: Int32
    /// Readable when the collector stops.
    let stopSignal: Int32
    let log: Monitor<ScriptedCollector.Log>

    private var unread: [UInt8] = []
    private var lastRequest: Int?

    init(
        number: Int, descriptor: Int32, stopSignal: Int32, log: Monitor<ScriptedCollector.Log>
    ) {
        self.number = number
        self.descriptor = descriptor
        self.stopSignal = stopSignal
        self.log = log
    }

    /// Follows the script to its end, and closes the connection.
    mutating func run(_ script: ConnectionScript) {
        defer { close(descriptor) }
        follow(script)
    }

    private mutating func follow(_ script: ConnectionScript) {
        var next = 0
        while next < script.steps.count {
            guard perform(script.steps[next]) else { return }
            next += 1
            if next == script.steps.count, let start = script.loopStart { next = start }
        }
    }

    /// False if the connection is over.
    private mutating func perform(_ step: ConnectionScript.Step) -> Bool {
        switch step {
        case .readRequest:
            return readRequest()
        case .readBytes(let count):
            while unread.count < count {
                guard receive(atMost: count - unread.count) else { return false }
            }
            unread.removeFirst(count)
            return true
        case .answer(let answer):
            return write(answer)
        case .judge(let judge):
            guard let lastRequest else { return false }
            return write(judge(log.withLock { $0.requests[lastRequest] }))
        case .write(let bytes):
            return write(bytes[...])
        case .relay(let port, let isWanted):
            relay(to: port, while: isWanted)
            return false
        case .choose(let choose):
            follow(choose(number))
            return false
        case .wait(let gate):
            while !gate.wait(within: .milliseconds(20)) {
                if isStopping { return false }
            }
            return true
        case .hold:
            while receive(atMost: 1 << 16) {}
            return false
        case .reset:
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &option,
                socklen_t(MemoryLayout<linger>.size))
            return false
        }
    }

    // MARK: Reading

    private mutating func readRequest() -> Bool {
        let blankLine = Array("\r\n\r\n".utf8)
        var headEnd: Int?
        while true {
            headEnd = unread.firstRange(of: blankLine)?.upperBound
            if headEnd != nil { break }
            guard receive(atMost: 1 << 16) else { return false }
        }
        guard let headEnd, let head = RequestHead(unread[..<headEnd]) else { return false }
        let end = headEnd + head.contentLength
        guard end < Self.requestLimit else { return false }
        while unread.count < end {
            guard receive(atMost: end - unread.count) else { return false }
        }
        let request = ReceivedRequest(
            connection: number, method: head.method, target: head.target, headers: head.headers,
            body: Array(unread[headEnd..<end]))
        unread.removeFirst(end)
        lastRequest = log.withLock { log in
            log.requests.append(request)
            return log.requests.count - 1
        }
        return true
    }

    /// Waits for bytes and appends them. False if there will be none.
    private mutating func receive(atMost count: Int) -> Bool {
        guard wait(for: POLLIN) else { return false }
        var piece = [UInt8](repeating: 0, count: min(count, 1 << 16))
        let received = recv(descriptor, &piece, piece.count, 0)
        guard received > 0 else { return false }
        unread += piece[..<received]
        return true
    }

    // MARK: Writing

    private func write(_ answer: HTTPAnswer) -> Bool {
        // Recorded first, so that whoever sees the answer's effect finds it recorded.
        if let lastRequest {
            log.withLock { $0.requests[lastRequest].answer = answer.status }
        }
        guard answer.pause > .zero else {
            guard write(answer.head[...]) else { return false }
            for _ in 0..<(answer.hasBody ? answer.repetitions : 0) {
                guard write(answer.body[...]) else { return false }
            }
            return true
        }
        let pause = Int32(max(answer.pause / .milliseconds(1), 1))
        for byte in answer.head + answer.body {
            var stop = pollfd(fd: stopSignal, events: Int16(POLLIN), revents: 0)
            guard poll(&stop, 1, pause) == 0, write([byte]) else { return false }
        }
        return true
    }

    private func write(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while !rest.isEmpty {
            guard wait(for: POLLOUT) else { return false }
            let sent = rest.withUnsafeBytes {
                send(
                    descriptor, $0.baseAddress, $0.count,
                    Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if sent < 0, errno == EAGAIN { continue }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    // MARK: Waiting

    /// False if the collector stops.
    private func wait(for event: Int32) -> Bool {
        var descriptors = [
            pollfd(fd: descriptor, events: Int16(event), revents: 0),
            pollfd(fd: stopSignal, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&descriptors, 2, -1) < 0 {
            if errno != EINTR { return false }
        }
        return descriptors[1].revents == 0
    }

    private var isStopping: Bool {
        var stop = pollfd(fd: stopSignal, events: Int16(POLLIN), revents: 0)
        return poll(&stop, 1, 0) > 0
    }
}
