internal import CCurl

/// A libcurl easy handle that is reused for each request. It belongs to one thread.
final class RPCClient {
    /// The longest time for one request, in milliseconds.
    static let timeoutMilliseconds = 2000

    private let handle: UnsafeMutableRawPointer

    /// Nil if libcurl is out of memory.
    init?() {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        _ = ccurl_easy_setopt_long(handle, CURLOPT_NOSIGNAL, 1)
        _ = ccurl_easy_setopt_long(handle, CURLOPT_TIMEOUT_MS, Self.timeoutMilliseconds)
        _ = ccurl_easy_setopt_string(handle, CURLOPT_PROTOCOLS_STR, "http")
        // A proxy from the environment must not be used for loopback.
        _ = ccurl_easy_setopt_string(handle, CURLOPT_NOPROXY, "*")
        _ = ccurl_easy_setopt_data_callback(handle, CURLOPT_WRITEFUNCTION, discardBody)
    }

    deinit {
        curl_easy_cleanup(handle)
    }

    /// Sends a request. Returns the reply's status, or 0 if there was no reply.
    func perform(_ call: RPCCall, port: UInt16) -> Int {
        let url = "http://127.0.0.1:\(port)\(call.target)"
        _ = ccurl_easy_setopt_string(handle, CURLOPT_URL, url)
        if let form = call.form {
            _ = ccurl_easy_setopt_string(handle, CURLOPT_COPYPOSTFIELDS, form)
        } else {
            _ = ccurl_easy_setopt_long(handle, CURLOPT_HTTPGET, 1)
        }
        guard curl_easy_perform(handle) == CURLE_OK else { return 0 }
        var status = 0
        _ = ccurl_easy_getinfo_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return status
    }
}

/// Discards a body. Without a callback, libcurl would print it. This is a free function so that it
/// belongs to no actor.
private func discardBody(
    _ data: UnsafeMutablePointer<CChar>, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    size * count
}
