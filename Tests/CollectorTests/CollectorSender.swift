import TestSupport
import Testing

@testable import OTelEmitter

/// A transport to a secure collector, on the test's own thread.
struct CollectorSender: ~Copyable {
    private static let limit = Duration.seconds(30)
    /// One data point.
    static let request = """
        {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"secure","gauge":{"dataPoints":\
        [{"timeUnixNano":"1","asInt":"1"}]}}]}]}]}
        """

    enum Answer {
        case status(Int)
        case failure(TransportError)

        var status: Int? { if case .status(let status) = self { status } else { nil } }

        var error: TransportError? { if case .failure(let error) = self { error } else { nil } }
    }

    private let wakeup: TransportWakeup
    private let clock: EmitterClock
    private(set) var transport: HTTPTransport

    init(
        _ scheme: String = "https", to port: HeldPort, tls: TLSOptions,
        clock: EmitterClock = .system
    ) throws {
        if let problem = CurlGlobal.problem { throw SystemError(text: problem) }
        let wakeup = try #require(TransportWakeup())
        let endpoint = try #require(Endpoint(base: "\(scheme)://127.0.0.1:\(port.number)"))
        guard
            let transport = HTTPTransport(
                endpoint: endpoint, headers: [], tls: tls, responseByteLimit: 1 << 20,
                wakeup: wakeup, clock: clock, proxies: [:])
        else { throw SystemError(text: "libcurl has no memory left") }
        self.wakeup = wakeup
        self.clock = clock
        self.transport = transport
    }

    /// Sends one data point.
    mutating func send() -> Answer {
        let deadline = clock.now() + Self.limit
        let request = HTTPRequest(
            body: Array(Self.request.utf8), contentType: WireForm.json.contentType,
            isCompressed: false)
        do throws(TransportError) {
            return .status(try transport.send(request) { deadline }.status)
        } catch {
            return .failure(error)
        }
    }
}

extension TLSOptions {
    /// - Parameters:
    ///   - authority: the path of who vouches for servers; nil: those of the system.
    ///   - client: what the emitter shows of itself.
    init(trusting authority: String?, as client: CertificateAuthority.Pair?) {
        self.init()
        authoritiesPath = authority
        clientCertificatePath = client?.certificate
        clientKeyPath = client?.key
    }
}
