import Testing

@testable import OTelEmitter

@Suite struct TransferFailureTextTests {
    private func text(
        _ code: Int?, _ phase: TransferFailure.Phase, configure: (inout TransferFailure) -> Void
    ) -> String {
        var failure = TransferFailure(code: code, phase: phase, usesTLS: true, port: 4318)
        configure(&failure)
        return TransportError(failure).text
    }

    @Test func libcurlsTextFollowsWhatHappened() {
        #expect(
            text(6, .resolving) { $0.detail = "Could not resolve host: a.test" }
                == "the host's name was not resolved: Could not resolve host: a.test")
        #expect(text(56, .requesting) { $0.detail = "gone" } == "the connection was lost: gone")
    }

    @Test func deadlineTellsWhatItInterrupted() {
        #expect(
            text(nil, .resolving) { _ in }
                == "no answer in time (the host's name was not resolved)")
        #expect(text(nil, .connecting) { _ in } == "no answer in time (no connection)")
        #expect(
            text(nil, .handshaking) { _ in } == "no answer in time (the TLS handshake did not end)")
        #expect(text(nil, .receiving) { _ in } == "no answer in time")
    }

    @Test(arguments: [
        (9, UInt64(0), "this machine's clock says 1970-01-01, which can't be: set it"),
        (10, 0, "this machine's clock says 1970-01-01, which can't be: set it"),
        (9, 1_790_000_000, "this machine's clock says 2026-09-21"),
        (18, 0, "name its file in OTEL_EXPORTER_OTLP_CERTIFICATE"),
        (19, 0, "name its file in OTEL_EXPORTER_OTLP_CERTIFICATE"),
        (20, 0, "name its file in OTEL_EXPORTER_OTLP_CERTIFICATE"),
        (23, 0, "certificate revoked"),
    ])
    func verificationIsExplained(result: Int, wallTime: UInt64, end: String) {
        let text = text(60, .handshaking) { failure in
            failure.verification = result
            failure.wallTime = Int64(wallTime)
            failure.detail = "SSL certificate problem: certificate revoked"
        }
        #expect(text.hasPrefix("no secure connection: SSL certificate problem"))
        #expect(text.hasSuffix(end))
    }

    @Test func adviceFitsTheProtocol() {
        #expect(
            text(1, .requesting) { $0.detail = "Received HTTP/0.9 when not allowed" }
                == "the answer is not HTTP/1: Received HTTP/0.9 when not allowed; "
                + TransferFailure.grpcHint)
        #expect(
            text(52, .requesting) { failure in
                failure.port = 4317
                failure.detail = "Empty reply from server"
            }.hasSuffix(TransferFailure.grpcHint))
        #expect(
            text(35, .handshaking) { $0.detail = "unsupported protocol" }
                .hasSuffix("TLS 1.2 or later is needed"))
        #expect(
            text(35, .handshaking) { $0.detail = "wrong version number" }
                .hasSuffix("may not speak TLS on this port"))
        #expect(
            text(56, .handshaking) { failure in
                failure.proxyPlace = "gate port 1080"
                failure.proxyStatus = 407
            } == "the proxy answers 407; the proxy wants a user and password in its URL")
        #expect(
            text(27, .requesting) { $0.detail = "Out of memory" }
                == "the head of the response is too large")
        #expect(text(1, .resolving) { _ in }.hasSuffix("libcurl may be built without TLS"))
    }

    @Test func earliestYearBeginsWithItsTime() {
        #expect(
            CivilDate.seconds(
                year: Int64(TransferFailure.earliestYear), month: 1, day: 1, hour: 0, minute: 0,
                second: 0) == 1_704_067_200)
    }
}
