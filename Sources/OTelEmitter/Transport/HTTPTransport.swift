internal import CCurl

/// Sends requests to one endpoint through libcurl, one at a time, over a connection that is kept
/// alive. Owned and driven by the emitter's thread.
///
/// A request ends at its deadline to within some milliseconds, whatever the server or the resolver
/// does. Redirects are not followed; only http and https are spoken; bodies of responses are kept
/// up to a limit and let pass beyond it.
struct HTTPTransport: ~Copyable {
    /// Bytes of a response's body that are kept.
    static let responseBodyLimit = 64 << 10
    /// A wait is divided into pieces of this length at most, in milliseconds.
    private static let longestWait: Int64 = 60_000

    private let wakeup: TransportWakeup
    // SAFETY: handle and header lists belong to this value alone, which cannot be copied and stays
    // on the emitter's thread; they are freed in `deinit`.
    private let easy: UnsafeMutableRawPointer
    private let plainHeaders: UnsafeMutablePointer<curl_slist>?
    private let gzipHeaders: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>
    private let received: ResponseBody

    /// Nil when memory is exhausted.
    init?(endpoint: Endpoint, headers: [HTTPHeader], wakeup: TransportWakeup) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.wakeup = wakeup
        received = ResponseBody()
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let common = headers.map { header in
            // libcurl removes a header that ends in a colon, and sends an empty one for a semicolon.
            header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
        }
        plainHeaders = Self.list(["Content-Type: application/json", "Expect:"] + common)
        gzipHeaders = Self.list(
            ["Content-Type: application/json", "Content-Encoding: gzip", "Expect:"] + common)
        configure(endpoint)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(plainHeaders)
        curl_slist_free_all(gzipHeaders)
        errorText.deallocate()
    }

    /// Sends the request and waits for the response.
    ///
    /// - Parameter deadline: asked again after every wake-up, so that it can come nearer.
    mutating func send(
        _ request: HTTPRequest, deadline: () -> MonotonicTime
    ) throws(TransportError) -> HTTPResponse {
        received.reset(limit: Self.responseBodyLimit)
        errorText.pointee = 0
        let result: Result<CURLcode, TransportError>? = request.body.withUnsafeBytes { body in
            ccurl_easy_setopt_pointer(easy, CURLOPT_POSTFIELDS, body.baseAddress)
            ccurl_easy_setopt_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
            ccurl_easy_setopt_list(
                easy, CURLOPT_HTTPHEADER, request.isCompressed ? gzipHeaders : plainHeaders)
            guard curl_multi_add_handle(wakeup.multi, easy) == CURLM_OK else { return nil }
            defer {
                curl_multi_remove_handle(wakeup.multi, easy)
                ccurl_easy_setopt_pointer(easy, CURLOPT_POSTFIELDS, nil)
            }
            return perform(deadline)
        }
        guard let result else { throw TransportError(kind: .other, text: "libcurl refused the transfer") }
        var status = 0
        ccurl_easy_getinfo_long(easy, CURLINFO_RESPONSE_CODE, &status)
        // The status is the answer, even if the body is cut off or never ends.
        if status < 200 {
            let code = try result.get()
            guard code == CURLE_OK else { throw TransportError(kind: .other, text: describe(code)) }
        }
        return HTTPResponse(status: status, body: received.bytes)
    }

    /// Waits until `deadline` or until somebody wakes the thread.
    func wait(until deadline: MonotonicTime) {
        curl_multi_poll(wakeup.multi, nil, 0, Self.milliseconds(until: deadline), nil)
    }

    private func perform(_ deadline: () -> MonotonicTime) -> Result<CURLcode, TransportError> {
        while true {
            var running: Int32 = 0
            guard curl_multi_perform(wakeup.multi, &running) == CURLM_OK else {
                return .failure(
                    TransportError(kind: .other, text: "libcurl can't go on with the transfer"))
            }
            if let code = finished() { return .success(code) }
            let limit = deadline()
            if MonotonicTime.now() >= limit { return .failure(TransportError(kind: .timeout, text: "no answer in time")) }
            wait(until: limit)
        }
    }

    /// The result of the transfer if it is done.
    private func finished() -> CURLcode? {
        var remaining: Int32 = 0
        while let message = curl_multi_info_read(wakeup.multi, &remaining) {
            if message.pointee.msg == CURLMSG_DONE { return ccurl_message_result(message) }
        }
        return nil
    }

    private func describe(_ code: CURLcode) -> String {
        let detail = String(cString: errorText)
        return detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    }

    private func configure(_ endpoint: Endpoint) {
        ccurl_easy_setopt_string(easy, CURLOPT_URL, endpoint.url)
        ccurl_easy_setopt_string(easy, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_easy_setopt_string(easy, CURLOPT_USERAGENT, Version.userAgent)
        ccurl_easy_setopt_long(easy, CURLOPT_POST, 1)
        ccurl_easy_setopt_long(easy, CURLOPT_NOSIGNAL, 1)
        ccurl_easy_setopt_long(easy, CURLOPT_QUICK_EXIT, 1)
        ccurl_easy_setopt_long(easy, CURLOPT_FOLLOWLOCATION, 0)
        ccurl_easy_setopt_long(easy, CURLOPT_TCP_KEEPALIVE, 1)
        ccurl_easy_setopt_pointer(easy, CURLOPT_ERRORBUFFER, errorText)
        ccurl_easy_setopt_data_callback(easy, CURLOPT_WRITEFUNCTION, receiveBody)
        // SAFETY: libcurl calls back only within `perform`, while `received` is held by this value.
        ccurl_easy_setopt_pointer(
            easy, CURLOPT_WRITEDATA, Unmanaged.passUnretained(received).toOpaque())
        ccurl_easy_setopt_open_socket_callback(easy, CURLOPT_OPENSOCKETFUNCTION, openSocket)
    }

    private static func list(_ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
        lines.reduce(nil) { list, line in curl_slist_append(list, line) ?? list }
    }

    private static func milliseconds(until deadline: MonotonicTime) -> Int32 {
        let nanoseconds = (deadline - MonotonicTime.now()).nanoseconds
        // Rounded up, so that the wait does not end just before the deadline.
        let milliseconds = max(nanoseconds, 0) / 1_000_000 + 1
        return Int32(min(milliseconds, longestWait))
    }
}
