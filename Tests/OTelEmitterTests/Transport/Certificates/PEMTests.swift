import Foundation
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct PEMTests {
    /// A block whose content is a DER sequence of so many zeros.
    static func block(_ label: String = "CERTIFICATE", zeros: Int = 40) -> String {
        let bytes = [0x30, UInt8(zeros)] + [UInt8](repeating: 0, count: zeros)
        let text = Data(bytes).base64EncodedString(options: .lineLength64Characters)
        return "-----BEGIN \(label)-----\n\(text)\n-----END \(label)-----\n"
    }

    private func blocks(_ text: String) -> [String]? {
        PEM(Array(text.utf8))?.blocks.map(\.label)
    }

    @Test func blocksAreFoundAmongOtherText() throws {
        let text = "Subject: a\n" + Self.block() + "\nmore\r\n" + Self.block("PRIVATE KEY") + "end"
        #expect(blocks(text) == ["CERTIFICATE", "PRIVATE KEY"])
        let pem = try #require(PEM(Array(text.utf8)))
        #expect(pem.blocks[0].content == [0x30, 40] + [UInt8](repeating: 0, count: 40))
        #expect(pem.blocks[0].isCertificate && !pem.blocks[0].isKey)
        #expect(pem.blocks[1].isKey && !pem.blocks[1].isEncrypted)
        #expect(blocks("") == [] && blocks("hello") == [])
        #expect(blocks(Self.block().replacing("\n", with: "\r\n")) == ["CERTIFICATE"])
    }

    @Test func everyBeginningOfABlockIsIncomplete() {
        let block = Self.block()
        // Without its line break and the last dashes it is still told from a whole one.
        for length in 6..<(block.utf8.count - 1) {
            #expect(PEM(Array(block.utf8.prefix(length))) == nil, "\(length)")
        }
        #expect(PEM(Array(block.utf8.dropLast())) != nil)
    }

    @Test func contentThatIsCutOffOrForeignIsIncomplete() {
        let lines = Self.block(zeros: 100).split(separator: "\n").map(String.init)
        let withoutALine = ([lines[0]] + lines.dropFirst(2)).joined(separator: "\n")
        #expect(blocks(withoutALine) == nil)
        #expect(blocks("-----BEGIN A-----\n-----END A-----\n") == nil)
        #expect(blocks("-----BEGIN A-----\nAAAA\n-----END B-----\n") == nil)
        #expect(blocks("-----BEGIN A-----\n*\n-----END A-----\n") == nil)
        #expect(blocks("-----END A-----\n") == nil)
        // Of other kinds of content nothing is known.
        #expect(
            blocks("-----BEGIN EC PARAMETERS-----\nAAAA\n-----END EC PARAMETERS-----")
                == ["EC PARAMETERS"])
    }

    @Test func encryptedKeysAreRecognised() {
        let new = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"
        let old =
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,01\n\nAAAA\n"
            + "-----END RSA PRIVATE KEY-----"
        for text in [new, old] {
            let block = PEM(Array(text.utf8))?.blocks.first
            #expect(block?.isKey == true && block?.isEncrypted == true)
        }
    }

    @Test func anyBytesAreTaken() {
        var random = SeededRandom(seed: 3)
        let text = Array((Self.block() + Self.block("PRIVATE KEY")).utf8)
        var read = 0
        for _ in 0..<20_000 {
            var bytes = text
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            let pem = PEM(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))))
            guard let pem else { continue }
            read += 1
            #expect(pem.blocks.count <= 2)
            for block in pem.blocks {
                // What is taken for a certificate or a key is a whole DER sequence.
                let isSequence = block.content.first == 0x30
                let isOther = !block.isCertificate && !block.isKey
                #expect(isSequence || isOther || block.isEncrypted, "\(block)")
            }
        }
        // Some were good, and by far not all.
        #expect((1..<19_000).contains(read), "\(read)")
    }
}
