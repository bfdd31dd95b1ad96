internal import CCurl
internal import Glibc

/// Reads what libcurl knows about a transfer.
extension HTTPTransport {
    /// The status of the response, or 0 if it has not arrived yet.
    var status: Int { number(CURLINFO_RESPONSE_CODE) }

    /// A numeric piece of information from libcurl, or 0 if it is not available.
    func number(_ info: CURLINFO) -> Int {
        if info.rawValue & UInt32(CURLINFO_TYPEMASK) == UInt32(CURLINFO_OFF_T) {
            var value: curl_off_t = 0
            ccurl_easy_getinfo_offset(easy, info, &value)
            return Int(value)
        }
        var value = 0
        ccurl_easy_getinfo_long(easy, info, &value)
        return value
    }

    /// Collects what is known about a transfer without a response. Call it before the handle is
    /// removed.
    ///
    /// - Parameter code: libcurl's result. Nil if the deadline passed.
    func failure(_ code: CURLcode?, wallTime: Int64) -> TransferFailure {
        var failure = TransferFailure(code: code.map { Int($0.rawValue) })
        failure.phase = phase
        failure.detail = detail(code)
        failure.stop = context.stop
        failure.status = status
        if failure.phase <= .connecting {
            let systemError = number(CURLINFO_OS_ERRNO)
            failure.systemError =
                context.socketError != 0
                ? context.socketError : Int32(truncatingIfNeeded: systemError)
        }
        if failure.phase < .requesting { failure.lacksDescriptors = Self.lacksDescriptors }
        failure.verification = number(CURLINFO_SSL_VERIFYRESULT)
        failure.proxyStatus = status == 407 ? status : number(CURLINFO_HTTP_CONNECTCODE)
        failure.usesTLS = target.isSecure
        failure.port = target.port
        failure.proxyPlace = proxy.url.isEmpty ? nil : proxy.place
        failure.isUnixSocket = unixSocketPath != nil
        failure.wallTime = wallTime
        failure.isReused = number(CURLINFO_NUM_CONNECTS) == 0
        return failure
    }

    /// How far the transfer has come.
    var phase: TransferFailure.Phase {
        if status > 0 { return .receiving }
        if number(CURLINFO_PRETRANSFER_TIME_T) > 0 { return .requesting }
        if number(CURLINFO_NAMELOOKUP_TIME_T) == 0 { return .resolving }
        return number(CURLINFO_NUM_CONNECTS) == 0 ? .connecting : .handshaking
    }

    private func detail(_ code: CURLcode?) -> String {
        guard let code, code != CURLE_OK else { return "" }
        let text = String(cString: errorText)
        return text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }

    /// Whether the process can't open any descriptor. libcurl reports this in many different ways.
    private static var lacksDescriptors: Bool {
        let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if descriptor >= 0 {
            close(descriptor)
            return false
        }
        return errno == EMFILE || errno == ENFILE
    }
}
