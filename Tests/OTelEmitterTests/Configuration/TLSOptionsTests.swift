import OTelEmitter
import Testing

@Suite struct TLSOptionsTests {
    @Test func aClientIsIdentifiedByCertificateAndKeyOnly() {
        var options = TLSOptions()
        #expect(options.clientIdentity == nil)
        options.clientCertificatePath = "c"
        #expect(options.clientIdentity == nil)
        options.clientKeyPath = "k"
        #expect(options.clientIdentity?.certificatePath == "c")
        #expect(options.clientIdentity?.keyPath == "k")
        options.clientCertificatePath = nil
        #expect(options.clientIdentity == nil)
    }
}
