internal import CCurl
internal import Glibc

/// Collects a response's body up to a limit; what comes beyond it is let pass and forgotten.
final class ResponseBody {
    private(set) var bytes: [UInt8] = []
    private var limit = 0

    func reset(limit: Int) {
        bytes.removeAll(keepingCapacity: true)
        self.limit = limit
    }

    func append(_ data: UnsafeRawBufferPointer) {
        bytes.append(contentsOf: data.prefix(limit - bytes.count))
    }
}

/// libcurl's write callback.
func receiveBody(
    _ data: UnsafeMutablePointer<CChar>, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    // SAFETY: the context is the transport's `ResponseBody`, alive while a transfer runs, and only
    // the emitter's thread gets here.
    let body = Unmanaged<ResponseBody>.fromOpaque(context).takeUnretainedValue()
    body.append(UnsafeRawBufferPointer(start: data, count: size * count))
    return size * count
}

/// libcurl's open-socket callback: the same socket, but closed when the host executes another
/// program.
func openSocket(
    _ context: UnsafeMutableRawPointer?, _ purpose: curlsocktype,
    _ address: UnsafeMutablePointer<curl_sockaddr>
) -> curl_socket_t {
    socket(
        address.pointee.family, address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue),
        address.pointee.protocol)
}
