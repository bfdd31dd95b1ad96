internal import CCurl
internal import Glibc

/// What libcurl calls back with in a transfer: the response, as far as the limits let it in, and
/// what is done on the way to it.
final class TransferContext {
    /// Why the transfer was stopped from here.
    enum Stop {
        case headTooLarge
        case bodyTooLarge
        case resolversHang
    }

    /// Bytes of a response's buffer that are kept for the next one.
    private static let keptCapacity = 64 << 10
    /// Bytes that a larger one is given room for at once. It takes memory as it fills; one that
    /// grows step by step takes twice its size.
    private static let roomAtOnce = 4 << 20

    private(set) var head = ResponseHead()
    private(set) var body: [UInt8] = []
    private(set) var stop: Stop?
    /// `errno` of a socket that the system refused; 0 if it refused none.
    private(set) var socketError: Int32 = 0
    private var resolution: NameResolution?
    private let bodyLimit: Int

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// Forgets the transfer before.
    func reset() {
        head = ResponseHead()
        body.removeAll(keepingCapacity: body.count <= Self.keptCapacity)
        stop = nil
        socketError = 0
        resolution = nil
    }

    fileprivate func takeHeadLine(_ line: UnsafeRawBufferPointer) -> Bool {
        let isWithinLimits = head.take(line)
        if !isWithinLimits { stop = .headTooLarge }
        return isWithinLimits
    }

    fileprivate func takeBody(_ data: UnsafeRawBufferPointer) -> Bool {
        head.end()
        let room = bodyLimit - body.count
        if body.count + data.count > Self.keptCapacity {
            body.reserveCapacity(min(bodyLimit, Self.roomAtOnce))
        }
        body.append(contentsOf: data.prefix(room))
        if data.count > room { stop = .bodyTooLarge }
        return stop == nil
    }

    /// Like libcurl's own, but closed when the host executes another program.
    fileprivate func makeSocket(_ address: curl_sockaddr) -> curl_socket_t {
        let type = address.socktype | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.family, type, address.protocol)
        if descriptor < 0 { socketError = errno }
        return descriptor
    }

    fileprivate func beginResolution() -> Bool {
        endResolution()
        resolution = ResolverThreads.begin()
        if resolution == nil { stop = .resolversHang }
        return resolution != nil
    }

    /// The resolver's thread has been made, if one was asked for.
    func endResolution() {
        resolution?.end()
    }

    /// The transfer is done with; its resolver's thread, unless it is over, is left behind.
    func leaveResolution(isOver: Bool) {
        endResolution()
        if let resolution, !isOver { ResolverThreads.leave(resolution) }
        resolution = nil
    }
}

/// libcurl's header callback: one line, with its line break.
func receiveHeadLine(
    _ data: UnsafeMutablePointer<CChar>, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let line = UnsafeRawBufferPointer(start: data, count: size * count)
    return TransferContext.of(context)?.takeHeadLine(line) == true ? line.count : refusal(line)
}

/// libcurl's write callback: a piece of the body.
func receiveBody(
    _ data: UnsafeMutablePointer<CChar>, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let piece = UnsafeRawBufferPointer(start: data, count: size * count)
    return TransferContext.of(context)?.takeBody(piece) == true ? piece.count : refusal(piece)
}

/// libcurl's open-socket callback.
func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>
) -> curl_socket_t {
    TransferContext.of(context)?.makeSocket(address.pointee) ?? -1
}

/// libcurl's resolver-start callback: asked right before a thread is made that resolves a name.
func resolverStarts(
    _ resolver: UnsafeMutableRawPointer?, _ reserved: UnsafeMutableRawPointer?,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    TransferContext.of(context)?.beginResolution() == true ? 0 : 1
}

/// Any count but the true one makes libcurl end the transfer.
private func refusal(_ data: UnsafeRawBufferPointer) -> Int { data.isEmpty ? 1 : 0 }

extension TransferContext {
    fileprivate static func of(_ context: UnsafeMutableRawPointer?) -> TransferContext? {
        guard let context else { return nil }
        // SAFETY: the context is the transport's own, alive while one of its transfers runs; only
        // the thread that drives the transfer gets here.
        return Unmanaged<TransferContext>.fromOpaque(context).takeUnretainedValue()
    }
}
