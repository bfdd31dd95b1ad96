import OTelEmitter
import Testing

@Suite struct TLSOptionsTests {
    @Test func oneFileAloneHoldsCertificateAndKey() {
        var options = TLSOptions()
        #expect(options.clientIdentity == nil)
        options.clientCertificatePath = "c"
        #expect(options.clientIdentity?.certificatePath == "c")
        #expect(options.clientIdentity?.keyPath == "c")
        options.clientKeyPath = "k"
        #expect(options.clientIdentity?.certificatePath == "c")
        #expect(options.clientIdentity?.keyPath == "k")
        options.clientCertificatePath = nil
        #expect(options.clientIdentity?.certificatePath == "k")
    }
}
