internal import CCurl
internal import Glibc

/// The state of a transfer that libcurl's callbacks use: the response, as far as limits allow, and
/// what happens before it arrives.
final class TransferContext {
    /// Why the emitter stopped the transfer.
    enum Stop {
        case headTooLarge
        case bodyTooLarge
        case resolversHang
    }

    /// The bytes of a response buffer that are kept for the next response.
    private static let keptCapacity = 64 << 10
    /// The bytes that are reserved at once for a larger response. They take memory only as they are
    /// filled, while a buffer that grows in steps takes twice its size.
    private static let roomAtOnce = 4 << 20

    private(set) var head = ResponseHead()
    private(set) var body: [UInt8] = []
    private(set) var stop: Stop?
    /// The `errno` of a socket that the system refused to create. 0 if it refused none.
    private(set) var socketError: Int32 = 0
    private var resolution: NameResolution?
    private let bodyLimit: Int

    init(bodyLimit: Int) {
        self.bodyLimit = bodyLimit
    }

    /// Forgets the previous transfer.
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

    /// Like libcurl's own function, but the socket is closed when the process executes another
    /// program.
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

    /// Notes that the resolver's thread has been created, if there is one.
    func endResolution() {
        resolution?.end()
    }

    /// Notes the end of the transfer. If its resolver's thread still runs, it is left behind.
    func leaveResolution(isOver: Bool) {
        endResolution()
        if let resolution, !isOver { ResolverThreads.leave(resolution) }
        resolution = nil
    }
}

/// libcurl's header callback, called with one line and its line break.
func receiveHeadLine(
    _ data: UnsafeMutablePointer<CChar>, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let line = UnsafeRawBufferPointer(start: data, count: size * count)
    return TransferContext.of(context)?.takeHeadLine(line) == true ? line.count : refusal(line)
}

/// libcurl's write callback, called with a piece of the body.
func receiveBody(
    _ data: UnsafeMutablePointer<CChar>, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    let piece = UnsafeRawBufferPointer(start: data, count: size * count)
    return TransferContext.of(context)?.takeBody(piece) == true ? piece.count : refusal(piece)
}

/// libcurl's callback for opening a socket.
func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>
) -> curl_socket_t {
    TransferContext.of(context)?.makeSocket(address.pointee) ?? -1
}

/// libcurl's callback before a resolution, called right before it creates a thread for a name.
func resolverStarts(
    _ resolver: UnsafeMutableRawPointer?, _ reserved: UnsafeMutableRawPointer?,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    TransferContext.of(context)?.beginResolution() == true ? 0 : 1
}

/// A count other than the actual one makes libcurl end the transfer.
private func refusal(_ data: UnsafeRawBufferPointer) -> Int { data.isEmpty ? 1 : 0 }

extension TransferContext {
    fileprivate static func of(_ context: UnsafeMutableRawPointer?) -> TransferContext? {
        guard let context else { return nil }
        // SAFETY: the context belongs to the transport and lives while a transfer runs. Only the
        // thread that drives the transfer calls this.
        return Unmanaged<TransferContext>.fromOpaque(context).takeUnretainedValue()
    }
}
