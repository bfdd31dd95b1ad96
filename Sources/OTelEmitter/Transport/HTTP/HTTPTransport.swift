internal import CCurl

/// Sends requests to one endpoint through libcurl, one at a time, over a connection that is kept
/// alive. One thread owns and drives it.
///
/// A request ends within some milliseconds of its deadline, whatever the server or the resolver
/// does. Redirects are not followed. Only http and https are supported, with HTTP/1.1. Responses
/// are read up to limits. Several transports may share a `TransportWakeup` if the same thread
/// drives them.
package struct HTTPTransport: ~Copyable {
    /// The longest wait for the rest of a response after its status has arrived.
    static let bodyPatience = Duration.seconds(5)
    /// The longest time for opening a connection. It is also at most three quarters of the time
    /// that the request has.
    static let connectLimit = Duration.seconds(10)
    /// The interval at which libcurl is called while a connection is being opened, so that it tries
    /// the next address in time. Its own timer may fire a moment early, and is then not set again.
    private static let connectingSlice = Duration.milliseconds(100)
    /// A wait is divided into pieces of at most this length, in milliseconds.
    private static let longestWait: Int64 = 60_000

    private let wakeup: TransportWakeup
    private let clock: EmitterClock
    private let secrets: Secrets
    private let secretsOfErrors: Secrets
    let target: EndpointTarget
    package let proxy: ProxySettings
    let unixSocketPath: String?
    // SAFETY: handle and buffer belong to this value alone. It can't be copied and stays on its
    // thread. They are freed in `deinit`.
    let easy: UnsafeMutableRawPointer
    let errorText: UnsafeMutablePointer<CChar>
    let context: TransferContext
    private var requestHeaders: RequestHeaders
    /// Whether the next request opens a new connection.
    private var isRenewing = false
    private var certificateFiles: Certificates

    /// Creates a transport without connecting or reading a file. Nil if memory is exhausted.
    ///
    /// - Parameters:
    ///   - responseByteLimit: the bytes of a response's body that are read. If there are more, the
    ///     connection is closed.
    ///   - clock: measures deadlines, and is compared with the dates of certificates.
    ///   - proxies: the values of `ProxySettings.variables`.
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

    /// Makes the next request close the connection and open a new one.
    mutating func renew() {
        isRenewing = true
    }

    /// Sends the request and waits for the response.
    ///
    /// Once the status has arrived, there is a response, even if its body breaks off, is too large
    /// or never ends.
    ///
    /// - Parameter deadline: called again after every wake-up, since the deadline may come closer.
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

    /// Whether connections use TLS, to the server or to a proxy.
    var usesTLS: Bool { target.isSecure || proxy.isSecure }

    /// What is known about the certificates.
    package var certificates: CertificateFacts { certificateFiles.facts }

    /// What is wrong with new certificate files while the previous ones are in use.
    var certificateProblem: String? {
        certificateFiles.isUsable ? certificateFiles.problem : nil
    }

    /// Waits until `deadline`, or until another thread calls `wake`.
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

    /// Whether an immediate second attempt on a new connection may succeed.
    private mutating func canRepair(_ failure: TransferFailure) -> Bool {
        // The server had closed the idle connection, which is normal.
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
            // Plain HTTP works even while the process exits.
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

    /// Drives the transfer to its end. Nil if the deadline, or the time limit for the body, has
    /// passed.
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

    /// The result of the transfer, or nil if it is not finished.
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
        // Only a proxy sends 407, so it is not the response of the server.
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
