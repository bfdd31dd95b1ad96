import TestSupport
import Testing

@testable import OTelEmitter

/// A transport on the test's own thread.
struct Sender: ~Copyable {
    static let limit = Duration.seconds(20)
    static let small = Array("{\"resourceMetrics\":[]}".utf8)
    /// More than the buffers of a connection hold.
    static let large = [UInt8](repeating: 0x61, count: 8 << 20)

    let wakeup: TransportWakeup
    var transport: HTTPTransport

    static func make(
        to url: String, unixSocket: String? = nil, headers: [HTTPHeader] = [],
        tls: TLSOptions = TLSOptions(), responseByteLimit: Int = 1 << 20,
        clock: EmitterClock = .system, proxies: [String: String] = [:]
    ) throws -> Sender {
        if let problem = CurlGlobal.problem { throw SystemError(text: problem) }
        let wakeup = try #require(TransportWakeup())
        let endpoint = try #require(Endpoint(exactly: unixSocket.map { "unix:\($0)" } ?? url))
        guard
            let transport = HTTPTransport(
                endpoint: endpoint, headers: headers, tls: tls,
                responseByteLimit: responseByteLimit, wakeup: wakeup, clock: clock,
                proxies: proxies)
        else { throw SystemError(text: "libcurl has no memory left") }
        return Sender(wakeup, transport)
    }

    private init(_ wakeup: TransportWakeup, _ transport: consuming HTTPTransport) {
        self.wakeup = wakeup
        self.transport = transport
    }

    /// What came back, or why nothing did.
    mutating func send(
        _ body: [UInt8] = Self.small, within limit: Duration = limit
    ) -> Result<HTTPResponse, TransportError> {
        let deadline = MonotonicTime.now() + limit
        return send(body, until: { deadline })
    }

    mutating func send(
        _ body: [UInt8] = Self.small, until deadline: () -> MonotonicTime
    ) -> Result<HTTPResponse, TransportError> {
        do throws(TransportError) {
            return .success(
                try transport.send(
                    HTTPRequest(
                        body: body, contentType: "application/json", isCompressed: false),
                    deadline: deadline))
        } catch {
            return .failure(error)
        }
    }
}

extension Result where Success == HTTPResponse, Failure == TransportError {
    var status: Int? { response?.status }

    var response: HTTPResponse? { if case .success(let response) = self { response } else { nil } }

    var error: TransportError? { if case .failure(let error) = self { error } else { nil } }

    var body: String? { response.map { String(decoding: $0.body, as: UTF8.self) } }

    /// Whom nginx takes us for.
    var client: String? {
        body?.split(separator: "\"", omittingEmptySubsequences: false).dropFirst(3).first
            .map(String.init)
    }
}
