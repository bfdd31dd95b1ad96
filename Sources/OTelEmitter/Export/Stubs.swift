struct CertificateFacts { var clientExpiry: Int64?; var serverExpiry: Int64? }
extension HTTPTransport {
 init?(endpoint: Endpoint, headers: [HTTPHeader], tls: TLSOptions, responseByteLimit: Int, wakeup: TransportWakeup, clock: EmitterClock) { self.init(endpoint: endpoint, headers: headers, wakeup: wakeup) }
 mutating func renew() {}
 var certificates: CertificateFacts { CertificateFacts() } }
extension Endpoint { var host: String { "" }; var port: Int64? { nil } }
extension BatchLimits { static let smallestLearnedBytes = 4096 }
