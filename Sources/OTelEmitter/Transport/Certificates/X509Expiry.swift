/// The period in which a certificate is valid (RFC 5280, 4.1.2.5), in seconds since 1970.
struct X509Expiry: Sendable, Equatable {
    let notBefore: Int64
    let notAfter: Int64

    /// Nil if the bytes are not a certificate in DER.
    init?(certificate: [UInt8]) {
        var outer = DERReader(certificate[...])
        guard let whole = outer.next(.sequence) else { return nil }
        var signed = DERReader(whole)
        guard let body = signed.next(.sequence) else { return nil }
        var fields = DERReader(body)
        _ = fields.next(.explicit0)
        guard fields.next(.integer) != nil, fields.next(.sequence) != nil,
            fields.next(.sequence) != nil, let validity = fields.next(.sequence)
        else { return nil }
        var times = DERReader(validity)
        guard let notBefore = Self.time(&times), let notAfter = Self.time(&times) else {
            return nil
        }
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// The period of the first certificate in a PEM file, which is the one that servers are shown.
    init?(firstOf pem: PEM) {
        guard let block = pem.blocks.first(where: \.isCertificate) else { return nil }
        self.init(certificate: block.content)
    }

    private static func time(_ reader: inout DERReader) -> Int64? {
        guard let (tag, text) = reader.next(), text.last == UInt8(ascii: "Z") else { return nil }
        let digits = text.dropLast().map { Int64($0) - 0x30 }
        guard digits.allSatisfy({ (0...9).contains($0) }) else { return nil }
        func number(_ range: Range<Int>) -> Int64 { digits[range].reduce(0) { $0 * 10 + $1 } }
        let year: Int64
        let rest: Int
        switch DERReader.Tag(rawValue: tag) {
        case .utcTime where digits.count == 12:
            year = number(0..<2) + (number(0..<2) < 50 ? 2000 : 1900)
            rest = 2
        case .generalizedTime where digits.count == 14:
            year = number(0..<4)
            rest = 4
        default:
            return nil
        }
        func pair(_ index: Int) -> Int64 { number(rest + 2 * index..<rest + 2 * index + 2) }
        return CivilDate.seconds(
            year: year, month: pair(0), day: pair(1), hour: pair(2), minute: pair(3),
            second: pair(4))
    }
}
