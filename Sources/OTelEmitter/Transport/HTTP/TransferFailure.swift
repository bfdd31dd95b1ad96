/// Everything that is known about a transfer without a response. It also decides what that means.
package struct TransferFailure: Error, Equatable {
    /// How far the transfer had come.
    package enum Phase: Int, Sendable, Comparable {
        case resolving
        case connecting
        /// The TLS handshake, or waiting for the proxy's response to CONNECT.
        case handshaking
        /// The request is being sent or has been sent.
        case requesting
        /// The first line of a response has arrived.
        case receiving

        package static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
    }

    /// libcurl's result (`CURLcode`). Nil if the deadline passed.
    var code: Int?
    var phase = Phase.resolving
    /// libcurl's own text.
    var detail = ""
    /// Why the emitter stopped the transfer, if it did.
    var stop: TransferContext.Stop?
    /// The system's error for the connection or its socket. 0 if there is none.
    var systemError: Int32 = 0
    /// Whether the process can't open another descriptor.
    var lacksDescriptors = false
    /// OpenSSL's verdict on the server's certificate (`X509_V_ERR_…`). 0 if nothing is wrong.
    var verification = 0
    /// The status of the proxy's response to CONNECT, or of its demand for authentication. 0 if
    /// there is none.
    var proxyStatus = 0
    var usesTLS = false
    var port = 0
    /// How libcurl's text names the proxy. Nil if no proxy is set.
    var proxyPlace: String?
    var isUnixSocket = false
    /// Seconds since 1970.
    var wallTime: Int64 = 0
    /// Whether the connection had already served a request.
    var isReused = false
    /// The status of a final response that can't be used as the server's. 0 if there is none.
    var status = 0

    /// Whether the server may just have closed an idle connection, so that a new one is likely to
    /// work.
    var isStaleConnection: Bool {
        isReused && phase == .requesting && isLoss
    }

    /// Whether the connection ended before the response did.
    var isLoss: Bool { code.map { [18, 52, 55, 56].contains($0) } ?? false }

    /// Whether the proxy has not opened a tunnel yet.
    var waitsForProxy: Bool {
        phase == .handshaking && proxyPlace != nil && !(200..<300).contains(proxyStatus)
    }

    /// Whether the head of the response exceeds a limit. It may be the emitter's limit or one of
    /// libcurl's, which reports a line that is too long as being out of memory.
    var isHeadTooLarge: Bool {
        stop == .headTooLarge || code == 27 && phase >= .requesting
            || detail.contains("Too large response headers")
    }

    /// Whether libcurl could not use the emitter's certificate, key or authorities.
    var isCertificateProblem: Bool { code == 58 || isOfAuthorities }

    /// Whether libcurl could not use the authorities or their revocation list.
    var isOfAuthorities: Bool { code == 77 || code == 82 }

    /// Stops using the files that libcurl can't use. Returns true if the previous ones are in use
    /// again.
    ///
    /// If this process is short of descriptors or memory, the files may be good: a revocation list,
    /// for example, is opened for each connection.
    func reject(in certificates: inout Certificates) -> Bool {
        guard isCertificateProblem, !lacksResources else { return false }
        return certificates.reject(detail, isOfAuthorities: isOfAuthorities)
    }
}

extension TransportError {
    init(_ failure: TransferFailure) {
        let kind = Kind(failure)
        self.init(kind: kind, text: failure.text(kind), wasSent: failure.phase >= .requesting)
    }
}

extension TransportError.Kind {
    /// Determines the kind of a failure from libcurl's code and from the rest that is known.
    init(_ failure: TransferFailure) {
        let general = Self.byCode(failure)
        switch general {
        case .resolve, .connect, .proxy, .certificate, .other:
            self = failure.lacksResources ? .resources : general
        default:
            self = general
        }
    }

    private static func byCode(_ failure: TransferFailure) -> Self {
        if failure.isHeadTooLarge { return .protocol }
        if failure.stop == .resolversHang { return .resolve }
        if failure.proxyStatus >= 300 { return .proxy }
        switch failure.code {
        case nil: return .timeout
        case 6: return failure.isUnixSocket ? .connect : .resolve
        case 5, 97: return .proxy
        case 7: return failure.isOfProxy ? .proxy : .connect
        case 28: return ofConnectTimeout(failure)
        case 45: return .connect
        case 58, 77, 82: return .certificate
        case 35 where failure.looksLikeGRPC: return .protocol
        case 35, 59, 60, 64, 80, 83, 90, 91, 98: return .tls
        case 53, 54, 66: return .tls
        case 8, 16, 61, 92: return .protocol
        case 1: return failure.phase >= .requesting ? .protocol : .other
        case 27: return .resources
        case 18, 52, 55, 56: return ofLostConnection(failure)
        case 0: return .protocol
        default: return .other
        }
    }

    /// The kind if the time for opening a connection has passed.
    private static func ofConnectTimeout(_ failure: TransferFailure) -> Self {
        switch failure.phase {
        case .resolving: .resolve
        case .connecting: failure.isOfProxy ? .proxy : .connect
        case .handshaking: failure.waitsForProxy ? .proxy : .tls
        case .requesting, .receiving: .timeout
        }
    }

    private static func ofLostConnection(_ failure: TransferFailure) -> Self {
        // A server that requires a client certificate reports this only after the handshake (TLS
        // 1.3).
        if failure.detail.contains(" alert ") { return .tls }
        if failure.waitsForProxy { return .proxy }
        return failure.looksLikeGRPC ? .protocol : .connection
    }
}
