import Glibc
import Testing

@testable import OTelEmitter

@Suite struct TransferFailureTests {
    private typealias Phase = TransferFailure.Phase
    private typealias Kind = TransportError.Kind

    private func failure(
        _ code: Int?, _ phase: Phase = .requesting,
        configure: (inout TransferFailure) -> Void = { _ in }
    ) -> TransferFailure {
        var failure = TransferFailure(code: code, phase: phase, port: 4318)
        configure(&failure)
        return failure
    }

    /// libcurl's codes, the phase they come in, and what they mean.
    private static let table: [(code: Int?, phase: Phase, kind: Kind)] = [
        (nil, .resolving, .timeout), (nil, .receiving, .timeout),
        (0, .receiving, .protocol), (1, .resolving, .other), (1, .requesting, .protocol),
        (2, .resolving, .other), (3, .resolving, .other), (4, .resolving, .other),
        (5, .resolving, .proxy), (6, .resolving, .resolve), (7, .connecting, .connect),
        (8, .receiving, .protocol), (16, .requesting, .protocol), (18, .receiving, .connection),
        (27, .connecting, .resources), (27, .requesting, .protocol),
        (28, .resolving, .resolve), (28, .connecting, .connect), (28, .handshaking, .tls),
        (28, .requesting, .timeout), (35, .handshaking, .tls), (42, .connecting, .other),
        (43, .resolving, .other), (45, .connecting, .connect), (48, .resolving, .other),
        (52, .requesting, .connection), (53, .handshaking, .tls), (54, .handshaking, .tls),
        (55, .requesting, .connection), (56, .requesting, .connection),
        (56, .receiving, .connection), (58, .handshaking, .certificate), (59, .handshaking, .tls),
        (60, .handshaking, .tls), (61, .receiving, .protocol), (64, .handshaking, .tls),
        (66, .handshaking, .tls), (77, .handshaking, .certificate), (80, .requesting, .tls),
        (82, .handshaking, .certificate), (83, .handshaking, .tls), (90, .handshaking, .tls),
        (91, .handshaking, .tls), (92, .requesting, .protocol), (97, .connecting, .proxy),
        (98, .requesting, .tls), (99, .requesting, .other), (12_345, .resolving, .other),
    ]

    @Test func codesAreOfAKindByTheirPhase() {
        for (code, phase, kind) in Self.table {
            let error = TransportError(failure(code, phase))
            #expect(error.kind == kind, "\(String(describing: code)) \(phase)")
            #expect(error.wasSent == (phase >= .requesting))
            #expect(!error.text.isEmpty)
        }
    }

    @Test func limitsOfTheProcessAreToldFromFaultsOfOthers() {
        for errno in [EMFILE, ENFILE, ENOMEM, ENOBUFS, EADDRNOTAVAIL] {
            let error = TransportError(failure(7, .connecting) { $0.systemError = errno })
            #expect(error.kind == .resources, "\(errno)")
        }
        for errno in [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH] {
            let error = TransportError(failure(7, .connecting) { $0.systemError = errno })
            #expect(error.kind == .connect)
            #expect(error.text.contains(String(cString: strerror(errno))))
        }
        for code in [6, 77] {
            let lacking = failure(code, .resolving) { $0.lacksDescriptors = true }
            #expect(TransportError(lacking).kind == .resources)
            #expect(TransportError(lacking).text.contains("no descriptors are left"))
        }
        let threads = failure(6, .resolving) {
            $0.detail = "getaddrinfo() thread failed to start"
        }
        #expect(TransportError(threads).kind == .resources)
        // A deadline is a deadline.
        #expect(TransportError(failure(nil) { $0.lacksDescriptors = true }).kind == .timeout)
    }

    @Test func stopsFromHereHaveTheirKind() {
        let head = failure(23, .receiving) { $0.stop = .headTooLarge }
        #expect(TransportError(head).kind == .protocol)
        let resolvers = failure(6, .resolving) { $0.stop = .resolversHang }
        #expect(TransportError(resolvers).kind == .resolve)
        #expect(TransportError(resolvers).text.contains("still hang"))
    }

    @Test func proxiesAreToldFromTheEndpoint() {
        func viaProxy(_ code: Int, _ phase: Phase, _ status: Int = 0, _ detail: String = "") -> Kind
        {
            Kind(
                failure(code, phase) {
                    $0.proxyPlace = "gate port 3128"
                    $0.proxyStatus = status
                    $0.detail = detail
                })
        }
        #expect(viaProxy(7, .connecting, 0, "Failed to connect to gate port 3128") == .proxy)
        #expect(viaProxy(7, .connecting, 0, "Failed to connect to other port 1") == .connect)
        #expect(viaProxy(28, .connecting, 0, "Failed to connect to gate port 3128") == .proxy)
        #expect(viaProxy(56, .handshaking, 407) == .proxy)
        #expect(viaProxy(56, .handshaking) == .proxy)
        #expect(viaProxy(28, .handshaking) == .proxy)
        #expect(viaProxy(28, .handshaking, 200) == .tls)
        #expect(viaProxy(35, .handshaking, 200) == .tls)
        #expect(viaProxy(56, .requesting, 200) == .connection)
    }

    @Test func unixSocketHasNoNameToResolve() {
        #expect(Kind(failure(6, .resolving) { $0.isUnixSocket = true }) == .connect)
    }

    @Test func silentGRPCPortIsRecognised() {
        for code in [52, 55, 56] {
            #expect(Kind(failure(code) { $0.port = 4317 }) == .protocol)
            #expect(Kind(failure(code) { $0.port = 4318 }) == .connection)
            let reused = failure(code) { failure in
                failure.port = 4317
                failure.isReused = true
            }
            #expect(Kind(reused) == .connection)
        }
        #expect(Kind(failure(7, .connecting) { $0.port = 4317 }) == .connect)
        let negotiation = failure(35, .handshaking) {
            $0.detail = "error:0A000460:SSL routines::tlsv1 alert no application protocol"
        }
        #expect(Kind(negotiation) == .protocol)
    }

    @Test func alertAfterTheHandshakeIsOfTLS() {
        let alert = failure(56) {
            $0.detail = "OpenSSL SSL_read: tlsv13 alert certificate required, errno 0"
        }
        #expect(Kind(alert) == .tls)
        #expect(TransportError(alert).text.contains("wants a client certificate"))
    }

    @Test func onlyAKeptConnectionMayBeStale() {
        for code in [18, 52, 55, 56] {
            #expect(failure(code) { $0.isReused = true }.isStaleConnection)
            #expect(!failure(code).isStaleConnection)
            #expect(!failure(code, .receiving) { $0.isReused = true }.isStaleConnection)
        }
        #expect(!failure(nil) { $0.isReused = true }.isStaleConnection)
        #expect(!failure(60) { $0.isReused = true }.isStaleConnection)
    }
}
