/// All that is known of a transfer without a response; what it means is decided here.
package struct TransferFailure: Error, Equatable {
    /// How far it had come.
    package enum Phase: Int, Sendable, Comparable {
        case resolving
        case connecting
        /// The TLS handshake, or the proxy's answer to CONNECT.
        case handshaking
        /// The request is being sent, or was.
        case requesting
        /// The first line of an answer has come.
        case receiving

        package static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
    }

    /// libcurl's result (`CURLcode`); nil: the deadline passed.
    var code: Int?
    var phase = Phase.resolving
    /// libcurl's own text.
    var detail = ""
    /// Why the transfer was stopped from here.
    var stop: TransferContext.Stop?
    /// The system's error of the connection, or of its socket; 0 if there is none.
    var systemError: Int32 = 0
    /// Whether the process can open no further descriptor.
    var lacksDescriptors = false
    /// What OpenSSL says about the server's certificate (`X509_V_ERR_…`); 0 if nothing is wrong.
    var verification = 0
    /// The proxy's answer to CONNECT, or that it asked for authentication; 0 if there is none.
    var proxyStatus = 0
    var usesTLS = false
    var port = 0
    /// How libcurl's text names the proxy; nil if none is set.
    var proxyPlace: String?
    var isUnixSocket = false
    /// Seconds since 1970.
    var wallTime: Int64 = 0
    /// Whether the connection had served a request before.
    var isReused = false
    /// The status of a final response that is no answer; 0 if there is none.
    var status = 0

    /// Whether the server may just have closed an idle connection, so that a new one will do (H13).
    var isStaleConnection: Bool {
        isReused && phase == .requesting && isLoss
    }

    /// Whether the connection ended before the response did.
    var isLoss: Bool { code.map { [18, 52, 55, 56].contains($0) } ?? false }

    /// Whether the proxy has not made a tunnel yet.
    var waitsForProxy: Bool {
        phase == .handshaking && proxyPlace != nil && !(200..<300).contains(proxyStatus)
    }

    /// Whether the head of the response exceeds a limit: ours, or one of libcurl's own, for a line
    /// (out of memory, it says) or for all.
    var isHeadTooLarge: Bool {
        stop == .headTooLarge || code == 27 && phase >= .requesting
            || detail.contains("Too large response headers")
    }

    /// Whether libcurl could not use our own certificate, key or authorities.
    var isCertificateProblem: Bool { code == 58 || isOfAuthorities }

    /// Whether it could not use the authorities, or their revocation list.
    var isOfAuthorities: Bool { code == 77 || code == 82 }

    /// Puts the files that libcurl can't use out of use. True if those before are back in use.
    ///
    /// Where this process is short of descriptors or memory, nothing is known of the files: a
    /// revocation list, say, is opened for each connection.
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
    /// Which kind a failure is, by libcurl's code and what the code does not tell.
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

    /// What did not come about in the time that a connection has.
    private static func ofConnectTimeout(_ failure: TransferFailure) -> Self {
        switch failure.phase {
        case .resolving: .resolve
        case .connecting: failure.isOfProxy ? .proxy : .connect
        case .handshaking: failure.waitsForProxy ? .proxy : .tls
        case .requesting, .receiving: .timeout
        }
    }

    private static func ofLostConnection(_ failure: TransferFailure) -> Self {
        // A server that wants a client certificate says so after the handshake (TLS 1.3).
        if failure.detail.contains(" alert ") { return .tls }
        if failure.waitsForProxy { return .proxy }
        return failure.looksLikeGRPC ? .protocol : .connection
    }
}
