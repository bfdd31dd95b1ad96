import Foundation
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct Base64Tests {
    @Test func whatFoundationEncodesIsDecodedAndEncodedAlike() {
        var random = SeededRandom(seed: 1)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = Data(bytes).base64EncodedString(options: .lineLength64Characters)
            #expect(Base64.decode(Array(text.utf8)) == bytes)
            #expect(Base64.encode(bytes) == Data(bytes).base64EncodedString())
        }
    }

    @Test(arguments: ["a", "ab", "abc", "a===", "====", "ab=c", "=abc", "ab==ab==", "ab*=", "é"])
    func whatIsNoWholeBase64IsNone(text: String) {
        #expect(Base64.decode(Array(text.utf8)) == nil)
    }
}
