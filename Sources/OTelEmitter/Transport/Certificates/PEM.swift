/// The blocks of a PEM file: `-----BEGIN …-----`, Base64, `-----END …-----`. Text between blocks is
/// ignored.
struct PEM: Sendable, Equatable {
    struct Block: Sendable, Equatable {
        /// A label such as `CERTIFICATE` or `PRIVATE KEY`.
        let label: String
        /// The decoded bytes.
        let content: [UInt8]
        /// Whether reading it requires a passphrase.
        let isEncrypted: Bool

        var isCertificate: Bool { label == "CERTIFICATE" || label == "X509 CERTIFICATE" }
        var isKey: Bool { label.hasSuffix("PRIVATE KEY") }
        var isRevocationList: Bool { label == "X509 CRL" }
    }

    let blocks: [Block]

    /// Nil if the bytes are not complete PEM: a block does not end, or its content is cut off.
    init?(_ bytes: [UInt8]) {
        var blocks: [Block] = []
        var lines = bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).makeIterator()
        while let line = lines.next() {
            guard line.starts(with: Self.dashes) else { continue }
            guard let label = Self.label(line, after: "-----BEGIN "),
                let block = Self.block(label, &lines)
            else { return nil }
            blocks.append(block)
        }
        self.blocks = blocks
    }

    private static let dashes = Array("-----".utf8)

    /// For `-----BEGIN CERTIFICATE-----`, this is `CERTIFICATE`.
    private static func label(_ line: ArraySlice<UInt8>, after start: String) -> String? {
        let text = line.trimmedEnd
        guard text.starts(with: start.utf8), text.suffix(dashes.count) == dashes[...],
            text.count > start.utf8.count + dashes.count
        else { return nil }
        return String(
            decoding: text.dropFirst(start.utf8.count).dropLast(dashes.count), as: UTF8.self)
    }

    private static func block(
        _ label: String, _ lines: inout some IteratorProtocol<ArraySlice<UInt8>>
    ) -> Block? {
        var text: [UInt8] = []
        var isEncrypted = label.hasPrefix("ENCRYPTED ")
        while let line = lines.next() {
            if line.starts(with: dashes) {
                guard Self.label(line, after: "-----END ") == label,
                    let content = Base64.decode(text), !content.isEmpty
                else { return nil }
                let block = Block(label: label, content: content, isEncrypted: isEncrypted)
                return block.isWhole ? block : nil
            }
            if line.contains(UInt8(ascii: ":")) || line.contains(UInt8(ascii: ",")) {
                // A header of the traditional format: `Proc-Type: 4,ENCRYPTED`.
                isEncrypted = isEncrypted || line.contains(subsequence: "ENCRYPTED")
            } else {
                text += line
            }
        }
        return nil
    }
}

extension PEM.Block {
    /// Whether the content is as long as its own first bytes say.
    fileprivate var isWhole: Bool {
        guard isCertificate || isRevocationList || isKey, !isEncrypted else { return true }
        var reader = DERReader(content[...])
        return reader.next(.sequence) != nil && reader.isAtEnd
    }
}

extension ArraySlice<UInt8> {
    fileprivate var trimmedEnd: ArraySlice<UInt8> {
        var rest = self
        while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        return rest
    }

    fileprivate func contains(subsequence text: String) -> Bool {
        firstRange(of: Array(text.utf8)) != nil
    }
}
