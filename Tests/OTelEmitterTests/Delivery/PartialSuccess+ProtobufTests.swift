import Testing

@testable import OTelEmitter

@Suite struct PartialSuccessProtobufTests {
    private func partial(_ body: [UInt8], secrets: [String] = []) -> PartialSuccess {
        let headers = ResponseHeaders(contentType: "application/x-protobuf")
        return .of(
            HTTPResponse(status: 200, body: body, headers: headers).hiding(Secrets(secrets)))
    }

    /// A response with a partial success of these bytes.
    private func response(_ partial: [UInt8]) -> [UInt8] {
        [0x0A, UInt8(partial.count)] + partial
    }

    private func message(_ text: String) -> [UInt8] {
        [0x12, UInt8(text.utf8.count)] + Array(text.utf8)
    }

    @Test func fullSuccessIsThat() {
        #expect(partial([]) == PartialSuccess())
        #expect(partial(response([])) == PartialSuccess())
        #expect(partial(response([0x08, 0x00] + message(""))) == PartialSuccess())
    }

    @Test func rejectedPointsAreCountedWithTheMessage() {
        #expect(
            partial(response([0x08, 0x03] + message("too old")))
                == PartialSuccess(rejected: 3, message: "too old"))
        // Nothing but bytes that a text would call white space or control characters.
        #expect(partial(response([0x08, 0x03])) == PartialSuccess(rejected: 3))
        #expect(partial(response([0x08, 0xAC, 0x02])) == PartialSuccess(rejected: 300))
        #expect(partial(response(message("slow"))) == PartialSuccess(message: "slow"))
    }

    @Test func aSecretInTheMessageIsHidden() {
        let body = response(message("token s3cr3t/x"))
        #expect(partial(body, secrets: ["s3cr3t/x"]).message == "token ***")
    }

    @Test func aNegativeNumberIsUnknown() {
        let minusOne = Array(repeating: UInt8(0xFF), count: 9) + [0x01]
        #expect(partial(response([0x08] + minusOne)) == PartialSuccess(isDoubtful: true))
    }

    @Test func unknownFieldsArePassedOver() {
        let unknown: [UInt8] =
            [0x18, 0x96, 0x01] + [0x21, 1, 2, 3, 4, 5, 6, 7, 8] + [0x2D, 1, 2, 3, 4]
            + [0x32, 0x02, 0xFF, 0xFF] + [0xFA, 0x01, 0x00]
        #expect(
            partial(unknown + response(unknown + [0x08, 0x03] + unknown) + unknown)
                == PartialSuccess(rejected: 3))
    }

    @Test(
        arguments: [
            // Cut off: in the key, the length, the content, the number.
            [0x8A], [0x0A], [0x0A, 0x02, 0x08], [0x0A, 0x01, 0x08], [0x0A, 0x02, 0x08, 0x83],
            // Other types of these fields, of none, and a field without a number.
            [0x08, 0x03], [0x0A, 0x02, 0x10, 0x03], [0x0A, 0x02, 0x0A, 0x00], [0x0B], [0x0F],
            [0, 0],
            // A varint of eleven bytes, a length that is no number of bytes.
            Array(repeating: 0xFF, count: 11),
            [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
            Array("{}".utf8), Array("OK".utf8),
        ] as [[UInt8]])
    func whatCanNotBeReadIsDoubtful(body: [UInt8]) {
        let answer = partial(body)
        #expect(answer.isDoubtful && answer.rejected == 0)
        #expect(answer.message?.contains("no OTLP protobuf") == true)
    }
}
