/// The peer id of a validator, derived from the seed.
enum NodeIdentity {
    /// The base58 text of libp2p's identity multihash (code 0, 36 bytes) of a protobuf public key
    /// (type 1, Ed25519, 32 bytes). The key is a hash of the seed. It only names the validator;
    /// nobody signs with it.
    static func peerID(seed: UInt64, validator: Int) -> String {
        var writer = ByteWriter()
        writer.write(Array("rpp-node identity".utf8))
        writer.write(seed)
        writer.write(UInt64(truncatingIfNeeded: validator))
        let key = SHA256.hash(writer.bytes).bytes
        return Base58.encode([0x00, 0x24, 0x08, 0x01, 0x12, 0x20] + key)
    }
}
