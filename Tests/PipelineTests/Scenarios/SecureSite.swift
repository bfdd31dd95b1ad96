import Instruments
import OTelEmitter
import TestSupport

/// A scripted collector behind a real nginx that speaks TLS, always on one port: what the certificate
/// of the site is can be changed.
final class SecureSite: Sendable {
    static let tools =
        InstalledTool.areRequired || InstalledTool.nginx != nil && InstalledTool.openssl != nil
    /// The header by which nginx tells the collector whom the client's certificate names.
    static let clientHeader = "X-Client"

    let folder: TemporaryFolder
    let authority: CertificateAuthority
    let collector: ScriptedCollector
    private let held: HeldPort
    private let nginx = Monitor<Nginx?>(nil)

    init(_ collector: ScriptedCollector? = nil) throws {
        folder = try TemporaryFolder()
        authority = try CertificateAuthority("authority", in: folder)
        held = try HeldPort()
        self.collector = try collector ?? ScriptedCollector()
    }

    deinit { stop() }

    var port: UInt16 { held.number }

    var endpoint: Endpoint { Self.endpoint(at: port) }

    /// The site as it is reached by another port.
    static func endpoint(at port: UInt16) -> Endpoint {
        Endpoint(exactly: "https://127.0.0.1:\(port)/v1/metrics") ?? .standard
    }

    /// What makes an emitter trust the site.
    var trust: TLSOptions {
        var options = TLSOptions()
        options.authoritiesPath = authority.certificate
        return options
    }

    /// From now on the site shows this certificate, to connections that are new.
    func serve(
        _ pair: CertificateAuthority.Pair, clientAuthority: String? = nil,
        protocols: String = "TLSv1.2 TLSv1.3", options: String = ""
    ) throws {
        stop()
        let started = try Nginx(
            pair, on: held, clientAuthority: clientAuthority, protocols: protocols,
            options: options + "location /v1/metrics { proxy_http_version 1.1;"
                + " proxy_set_header \(Self.clientHeader) $ssl_client_s_dn;"
                + " proxy_pass http://127.0.0.1:\(collector.port); }")
        nginx.withLock { $0 = started }
    }

    /// Nobody is there.
    func stop() {
        nginx.withLock { nginx in
            nginx?.end()
            nginx = nil
        }
    }

    /// A scenario whose emitter sends to the site and trusts its authority.
    func makeScenario(
        time: SteppedTime = SteppedTime(),
        configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws -> Scenario {
        try Scenario.make(to: collector, time: time) {
            $0.endpoint = endpoint
            $0.tls = trust
            configure(&$0)
        }
    }

    /// A file of the folder.
    func content(_ path: String) throws -> [UInt8] {
        try folder.bytes(String(path.dropFirst(folder.path.count + 1)))
    }
}
