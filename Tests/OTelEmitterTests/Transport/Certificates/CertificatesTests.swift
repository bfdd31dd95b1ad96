import Foundation
import Testing

@testable import OTelEmitter

@Suite struct CertificatesTests {
    private func failure(_ code: Int, lacksDescriptors: Bool) -> TransferFailure {
        var failure = TransferFailure(code: code)
        failure.lacksDescriptors = lacksDescriptors
        return failure
    }

    /// The files were never proven; still the failure tells nothing of them.
    @Test(arguments: [58, 77, 82]) func lackOfDescriptorsIsNoFaultOfTheFiles(code: Int) throws {
        let path = NSTemporaryDirectory() + "/otel-emitter-test-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let both = PEMTests.block() + PEMTests.block("PRIVATE KEY")
        try Data(both.utf8).write(to: URL(fileURLWithPath: path))
        var options = TLSOptions()
        options.authoritiesPath = path
        options.clientCertificatePath = path
        var certificates = Certificates(options)
        let isNew = certificates.refresh(at: MonotonicTime(nanoseconds: 1))
        #expect(isNew)
        let isRepaired = failure(code, lacksDescriptors: true).reject(in: &certificates)
        #expect(!isRepaired)
        #expect(certificates.isUsable && certificates.facts.problem == nil)
        let isReplaced = failure(code, lacksDescriptors: false).reject(in: &certificates)
        #expect(!isReplaced)
        #expect(!certificates.isUsable && certificates.facts.problem != nil)
    }
}
