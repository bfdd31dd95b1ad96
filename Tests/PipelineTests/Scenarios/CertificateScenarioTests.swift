import Foundation
import OTelEmitter
import TestSupport
import Testing

/// Certificates that prove nothing, expire, are replaced or are not there yet (scenarios T1 to T4),
/// on the whole way to a collector behind a real nginx.
@Suite(.enabled(if: SecureSite.tools, "nginx and openssl are not installed"))
struct CertificateScenarioTests {
    private static let interval = Duration.seconds(60)

    enum Fault: String, CaseIterable {
        case expired, ofTheFuture, ofAnotherHost, selfSigned, ofAnUnknownAuthority, revoked

        /// What an operator is told, at least.
        var reason: String {
            switch self {
            case .expired: "certificate has expired"
            case .ofTheFuture: "not yet valid"
            case .ofAnotherHost: "127.0.0.1"
            case .selfSigned, .ofAnUnknownAuthority: "OTEL_EXPORTER_OTLP_CERTIFICATE"
            case .revoked: "revoked"
            }
        }

        func certificate(of site: SecureSite) throws -> CertificateAuthority.Pair {
            let authority = site.authority
            switch self {
            case .expired:
                return try authority.issue("bad", dates: ("20200101000000Z", "20210101000000Z"))
            case .ofTheFuture:
                return try authority.issue("bad", dates: ("20480101000000Z", "20490101000000Z"))
            case .ofAnotherHost:
                return try authority.issue("bad", names: "DNS:other.test,IP:127.0.0.2")
            case .selfSigned: return try authority.selfSigned("bad")
            case .ofAnUnknownAuthority:
                return try CertificateAuthority("stranger", in: site.folder).issue("bad")
            case .revoked: return try authority.issue("bad")
            }
        }
    }

    /// For an hour the site proves nothing: not a byte reaches it, each interval tries again, and
    /// once it does prove who it is everything arrives.
    @Test(arguments: Fault.allCases)
    func t1_aSiteThatProvesNothingGetsNothingUntilItDoes(fault: Fault) throws {
        let site = try SecureSite()
        let bad = try fault.certificate(of: site)
        let good = try site.authority.issue("good")
        _ = try site.authority.revoke(fault == .revoked ? bad : nil, list: "list.pem")
        let both = try site.folder.bytes("authority.pem") + site.folder.bytes("list.pem")
        try site.folder.overwrite("bundle.pem", with: both)
        try site.serve(bad)
        let scenario = try site.makeScenario {
            $0.tls.authoritiesPath = site.folder.file("bundle.pem")
            $0.exportInterval = Self.interval
        }
        scenario.count(series: 2)
        #expect(scenario.passInterval(Self.interval))
        // No step of time may end the first attempt.
        let text = scenario.told.text(containing: "can't be delivered")
        #expect(text?.contains(fault.reason) == true, "\(scenario.told.all)")
        for _ in 1..<60 {
            scenario.count(series: 2)
            #expect(scenario.passInterval(Self.interval))
        }
        #expect(site.collector.requests.isEmpty)
        #expect(!scenario.flush(within: .milliseconds(300)).isComplete)
        try site.serve(good)
        #expect(scenario.passBackoffUntilDelivered())
        #expect(scenario.shutdown().isComplete)
        #expect(eventually { scenario.told.kinds.last == "recovered" })
        try scenario.expectHolds()
    }

    /// What expires amid a connection ends nothing; the next connection finds out.
    @Test func t2_aCertificateThatExpiresAmidAConnectionIsRefusedByTheNext() throws {
        let site = try SecureSite()
        let expiry = Date().addingTimeInterval(8)
        let format = DateFormatter()
        format.dateFormat = "yyyyMMddHHmmss'Z'"
        format.timeZone = TimeZone(identifier: "UTC")
        let short = try site.authority.issue(
            "short", dates: ("20200101000000Z", format.string(from: expiry)))
        // Every third request is the last of its connection.
        try site.serve(short, options: "keepalive_requests 3;")
        let scenario = try site.makeScenario()
        scenario.count()
        #expect(scenario.flush().isComplete, "\(scenario.told.all)")
        #expect(eventually(within: .seconds(30)) { Date() > expiry.addingTimeInterval(1) })
        for _ in 0..<2 {
            scenario.count()
            #expect(scenario.flush().isComplete, "\(scenario.told.all)")
        }
        scenario.count()
        #expect(!scenario.flush(within: .milliseconds(500)).isComplete)
        #expect(scenario.told.text(containing: "certificate has expired") != nil)
        #expect(site.collector.requests.count == 3)
        try site.serve(try site.authority.issue("next"))
        #expect(scenario.passBackoffUntilDelivered())
        #expect(scenario.shutdown().isComplete)
        scenario.expectTold(["failing", "recovered"])
        try scenario.expectHolds()
    }

    /// A client's certificate is replaced while deliveries go on: before its key is, or damaged.
    @Test(arguments: ["mismatched", "half written", "empty", "gone"])
    func t3_aPairThatIsSpoiltLeavesTheOneBeforeInUseAndIsTold(fault: String) throws {
        let site = try SecureSite()
        let clients = try CertificateAuthority("clients", in: site.folder)
        let (one, two) = (try clients.issue("one"), try clients.issue("two"))
        let install = { (name: String, path: String) in
            try site.folder.replace(name, with: site.content(path))
        }
        try install("in-use.pem", one.certificate)
        try install("in-use-key.pem", one.key)
        // Each request has a connection of its own.
        try site.serve(
            try site.authority.issue("server"), clientAuthority: clients.certificate,
            options: "keepalive_requests 1;")
        let scenario = try site.makeScenario {
            $0.tls.clientCertificatePath = site.folder.file("in-use.pem")
            $0.tls.clientKeyPath = site.folder.file("in-use-key.pem")
            $0.exportInterval = Self.interval
        }
        var clientsSeen: [String] = []
        let deliver = { (count: Int) in
            for _ in 0..<count {
                scenario.count()
                scenario.pass(.seconds(20))
                #expect(scenario.flush().isComplete, "\(scenario.told.all)")
            }
            clientsSeen = site.collector.requests.flatMap { $0.header(SecureSite.clientHeader) }
        }
        deliver(2)
        let key = try site.content(two.key)
        try install("in-use.pem", two.certificate)
        switch fault {
        case "half written":
            try site.folder.overwrite("in-use-key.pem", with: Array(key.prefix(80)))
        case "empty": try site.folder.overwrite("in-use-key.pem", with: [])
        case "gone": try site.folder.remove("in-use-key.pem")
        default: break
        }
        deliver(6)
        #expect(Set(clientsSeen) == ["CN=one"], "\(clientsSeen)")
        #expect(scenario.told.text(containing: "in-use-key.pem") != nil, "\(scenario.told.all)")
        try site.folder.replace("in-use-key.pem", with: key)
        deliver(2)
        #expect(clientsSeen.last == "CN=two", "\(clientsSeen)")
        #expect(scenario.shutdown().isComplete)
        scenario.expectTold(["certificates failing", "certificates recovered"])
        try scenario.expectHolds()
    }

    /// The file of authorities comes late, as where another program fetches it.
    @Test func t4_authoritiesThatAppearLaterAreUsed() throws {
        let site = try SecureSite()
        try site.serve(try site.authority.issue("server"))
        let scenario = try site.makeScenario {
            $0.tls.authoritiesPath = site.folder.file("late.pem")
            $0.exportInterval = Self.interval
        }
        for _ in 0..<60 {
            scenario.count(series: 2)
            #expect(scenario.passInterval(Self.interval))
        }
        let text = scenario.told.text(containing: "late.pem can't be read: No such file")
        #expect(text != nil, "\(scenario.told.all)")
        let bytes = try site.content(site.authority.certificate)
        try site.folder.overwrite("late.pem", with: Array(bytes.prefix(100)))
        #expect(scenario.passInterval(Self.interval))
        #expect(site.collector.requests.isEmpty)
        try site.folder.replace("late.pem", with: bytes)
        #expect(scenario.passBackoffUntilDelivered())
        #expect(scenario.shutdown().isComplete)
        #expect(eventually { scenario.told.kinds.last == "recovered" })
        try scenario.expectHolds()
    }
}
