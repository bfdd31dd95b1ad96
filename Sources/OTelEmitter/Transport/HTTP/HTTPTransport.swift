internal import CCurl

/// Sends requests to one endpoint through libcurl, one at a time, over a connection that is kept
/// alive. Owned and driven by one thread.
///
/// A request ends at its deadline to within some milliseconds, whatever the server or the resolver
/// does. Redirects are not followed; only http and https are spoken, in HTTP/1.1; responses are
/// read up to limits. Several transports may share a `TransportWakeup`, if one thread drives them
/// all.
package struct HTTPTransport: ~Copyable {
    /// The longest that the rest of a response is waited for, once its status is known.
    static let bodyPatience = Duration.seconds(5)
    /// The longest that a connection may take to come about; at most three quarters of the time
    /// that a request has.
    static let connectLimit = Duration.seconds(10)
    /// While a connection comes about, libcurl is asked so often whether the next address is due:
    /// its own timer may fire a moment early, and is not set again.
    private static let connectingSlice = Duration.milliseconds(100)
    /// A wait is divided into pieces of this length at most, in milliseconds.
    private static let longestWait: Int64 = 60_000

    private let wakeup: TransportWakeup
    private let clock: EmitterClock
    private let secrets: Secrets
    private let secretsOfErrors: Secrets
    let target: EndpointTarget
    package let proxy: ProxySettings
    let unixSocketPath: String?
    // SAFETY: handle and buffer belong to this value alone, which cannot be copied and stays
    // on its thread; they are freed in `deinit`.
    let easy: UnsafeMutableRawPointer
    let errorText: UnsafeMutablePointer<CChar>
    let context: TransferContext
    private var requestHeaders: RequestHeaders
    /// Whether the next request opens a connection of its own.
    private var isRenewing = false
    private var certificateFiles: Certificates

    /// Nil when memory is exhausted. Connects to nothing and reads no file.
    ///
    /// - Parameters:
    ///   - responseByteLimit: bytes of a response's body that are read; beyond them the connection
    ///     is closed.
    ///   - clock: what deadlines are measured by, and certificates' dates compared with.
    ///   - proxies: values of `ProxySettings.variables`.
    package init?(
        endpoint: Endpoint, headers: [HTTPHeader], tls: TLSOptions, responseByteLimit: Int,
        wakeup: TransportWakeup, clock: EmitterClock,
        proxies: [String: String]
    ) {
        guard let easy = curl_easy_init() else { return nil }
        self.easy = easy
        self.wakeup = wakeup
        self.clock = clock
        certificateFiles = Certificates(tls)
        target = EndpointTarget(endpoint)
        unixSocketPath = endpoint.unixSocketPath
        proxy =
            unixSocketPath == nil
            ? ProxySettings(proxies, isSecure: target.isSecure) : ProxySettings.none
        let credentials = [target.credentials, proxy.credentials]
        secrets = Secrets(headers: headers, url: endpoint.url, credentials: credentials)
        secretsOfErrors = Secrets(
            headers: headers, url: endpoint.url, credentials: credentials, hidesUsers: false)
        context = TransferContext(bodyLimit: max(responseByteLimit, 0))
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        requestHeaders = RequestHeaders(headers)
        configure(endpoint.url)
    }

    deinit {
        curl_easy_cleanup(easy)
        errorText.deallocate()
    }

    /// The next request opens a new connection; the one before is closed.
    mutating func renew() {
        isRenewing = true
    }

    /// Sends the request and waits for the response.
    ///
    /// The status is the answer, even if the body breaks off, is too large or never ends.
    ///
    /// - Parameter deadline: asked again after every wake-up, so that it can come nearer.
    package mutating func send(
        _ request: HTTPRequest, deadline: () -> MonotonicTime
    ) throws(TransportError) -> HTTPResponse {
        if target.isSecure { try loadCertificates() }
        var result = exchange(request, deadline)
        if case .failure(let failure) = result, canRepair(failure) {
            renew()
            result = exchange(request, deadline)
        }
        switch result {
        case .success(let response):
            return response.hiding(secrets)
        case .failure(let failure):
            let error = TransportError(failure)
            throw TransportError(
                kind: error.kind, text: secretsOfErrors.hidden(in: error.text),
                wasSent: error.wasSent)
        }
    }

    /// Whether connections use TLS, be it to a proxy.
    var usesTLS: Bool { target.isSecure || proxy.isSecure }

    /// What is known of the certificates.
    package var certificates: CertificateFacts { certificateFiles.facts }

    /// What is wrong with new certificate files, while those of before are in use.
    var certificateProblem: String? {
        certificateFiles.isUsable ? certificateFiles.problem : nil
    }

    /// Waits until `deadline` or until somebody wakes the thread.
    package func wait(until deadline: MonotonicTime) {
        curl_multi_poll(wakeup.multi, nil, 0, milliseconds(until: deadline), nil)
    }

    private mutating func loadCertificates() throws(TransportError) {
        if certificateFiles.refresh(at: clock.now()) {
            apply(certificateFiles)
            renew()
        }
        guard certificateFiles.isUsable else {
            throw TransportError(
                kind: .certificate, text: certificateFiles.facts.problem ?? "no certificate")
        }
    }

    /// Whether another attempt at once, on a new connection, may do.
    private mutating func canRepair(_ failure: TransferFailure) -> Bool {
        // The server had closed the connection while it was idle: no fault of anybody.
        if failure.isStaleConnection { return true }
        guard failure.reject(in: &certificateFiles) else { return false }
        apply(certificateFiles)
        return true
    }

    // MARK: One exchange

    private mutating func exchange(
        _ request: HTTPRequest, _ deadline: () -> MonotonicTime
    ) -> Result<HTTPResponse, TransferFailure> {
        context.reset()
        errorText.pointee = 0
        let timeLeft = deadline() - clock.now()
        guard timeLeft > .zero else {
            return .failure(TransferFailure(code: nil, phase: .connecting))
        }
        prepare(request, timeLeft: timeLeft)
        return request.body.withUnsafeBytes { body in
            ccurl_easy_setopt_pointer(easy, CURLOPT_POSTFIELDS, body.baseAddress)
            guard curl_multi_add_handle(wakeup.multi, easy) == CURLM_OK else {
                return .failure(TransferFailure(code: Int(CURLE_FAILED_INIT.rawValue)))
            }
            // Plain HTTP works while the process exits, too.
            if usesTLS { ExitGate.enter() }
            let result = outcome(perform(deadline))
            curl_multi_remove_handle(wakeup.multi, easy)
            if usesTLS { ExitGate.leave() }
            ccurl_easy_setopt_pointer(easy, CURLOPT_POSTFIELDS, nil)
            return result
        }
    }

    private mutating func prepare(_ request: HTTPRequest, timeLeft: Duration) {
        ccurl_easy_setopt_offset(
            easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        ccurl_easy_setopt_list(easy, CURLOPT_HTTPHEADER, requestHeaders.list(for: request))
        ccurl_easy_setopt_long(easy, CURLOPT_FRESH_CONNECT, isRenewing ? 1 : 0)
        let share = min(Self.connectLimit.nanoseconds, timeLeft.nanoseconds / 4 * 3)
        ccurl_easy_setopt_long(
            easy, CURLOPT_CONNECTTIMEOUT_MS, max(Int(share / 1_000_000), 1))
    }

    /// Drives the transfer to its end. Nil: the deadline, or the patience with the body, is over.
    private func perform(_ deadline: () -> MonotonicTime) -> CURLcode? {
        var bodyLimit = MonotonicTime.distantFuture
        while true {
            var running: Int32 = 0
            let status = curl_multi_perform(wakeup.multi, &running)
            context.endResolution()
            guard status == CURLM_OK else { return CURLE_FAILED_INIT }
            if let code = finished() { return code }
            let now = clock.now()
            if bodyLimit == .distantFuture, self.status >= 200 {
                bodyLimit = now + Self.bodyPatience
            }
            let limit = min(deadline(), bodyLimit)
            if now >= limit { return nil }
            let isConnected = number(CURLINFO_PRETRANSFER_TIME_T) > 0
            wait(until: isConnected ? limit : min(limit, now + Self.connectingSlice))
            if usesTLS { ExitGate.stopIfClosed() }
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

    private mutating func outcome(_ code: CURLcode?) -> Result<HTTPResponse, TransferFailure> {
        if number(CURLINFO_NUM_CONNECTS) > 0, number(CURLINFO_PRETRANSFER_TIME_T) > 0 {
            isRenewing = false
            if target.isSecure { certificateFiles.prove(serverExpiry: serverExpiry) }
        }
        let isResolved = number(CURLINFO_NAMELOOKUP_TIME_T) > 0
        context.leaveResolution(isOver: isResolved || code == CURLE_COULDNT_RESOLVE_HOST)
        let status = status
        let failure = self.failure(code, wallTime: Int64(clock.wall() / 1_000_000_000))
        // Nothing but a proxy asks for authentication with a proxy.
        if status >= 200, status != 407, !failure.isHeadTooLarge {
            return .success(
                HTTPResponse(
                    status: status, body: context.body, headers: context.head.headers,
                    isBodyComplete: code == CURLE_OK))
        }
        return .failure(failure)
    }

    private func milliseconds(until deadline: MonotonicTime) -> Int32 {
        let nanoseconds = (deadline - clock.now()).nanoseconds
        // Rounded up, so that the wait does not end just before the deadline.
        let milliseconds = max(nanoseconds, 0) / 1_000_000 + 1
        return Int32(min(milliseconds, Self.longestWait))
    }
}
