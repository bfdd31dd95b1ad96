import TestSupport
import Testing

@testable import OTelEmitter

/// Dates of certificates that openssl has made.
@Suite(
    .enabled(
        if: InstalledTool.areRequired || InstalledTool.openssl != nil,
        Comment(rawValue: "openssl is not installed")))
struct X509ExpiryTests {
    private let folder: TemporaryFolder
    private let authority: CertificateAuthority

    init() throws {
        folder = try TemporaryFolder()
        authority = try CertificateAuthority("authority", in: folder)
    }

    private func pem(_ name: String) throws -> PEM {
        try #require(PEM(try folder.bytes(name)))
    }

    /// Until 2049 two digits tell the year, afterwards four.
    @Test(arguments: [
        ("19700101000000Z", "19991231235959Z", Int64(0), Int64(946_684_799)),
        ("20240229120000Z", "20491231235959Z", 1_709_208_000, 2_524_607_999),
        ("20491231235959Z", "20500101000000Z", 2_524_607_999, 2_524_608_000),
        ("20260101000000Z", "99991231235959Z", 1_767_225_600, 253_402_300_799),
    ])
    func datesAreThoseThatWereAskedFor(
        first: String, last: String, notBefore: Int64, notAfter: Int64
    ) throws {
        _ = try authority.issue("one", dates: (first, last))
        let expiry = try #require(X509Expiry(firstOf: pem("one.pem")))
        #expect(expiry.notBefore == notBefore && expiry.notAfter == notAfter)
    }

    @Test func firstCertificateOfAChainCounts() throws {
        for algorithm in ["rsa:2048", "ed25519"] {
            _ = try authority.issue(
                "one", dates: ("20260101000000Z", "20270101000000Z"), algorithm: algorithm)
            let key = try folder.bytes("one-key.pem")
            let chain = key + (try folder.bytes("one.pem")) + (try folder.bytes("authority.pem"))
            try folder.overwrite("chain.pem", with: chain)
            #expect(X509Expiry(firstOf: try pem("chain.pem"))?.notAfter == 1_798_761_600)
        }
        #expect(X509Expiry(firstOf: try pem("one-key.pem")) == nil)
    }

    @Test func spoiltCertificatesNeverTrap() throws {
        let content = try #require(try pem("authority.pem").blocks.first?.content)
        #expect(X509Expiry(certificate: content) != nil)
        for length in 0..<content.count {
            #expect(X509Expiry(certificate: Array(content.prefix(length))) == nil)
        }
        var random = SeededRandom(seed: 11)
        for _ in 0..<50_000 {
            var bytes = content
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            _ = X509Expiry(certificate: bytes)
        }
    }
}
