/// A request as the scripted collector has read it, whole.
package struct ReceivedRequest: Sendable {
    /// Number of the connection it came by, from 0.
    package let connection: Int
    package let method: String
    package let target: String
    package let headers: [(name: String, value: String)]
    /// The body as it was on the wire.
    package let body: [UInt8]
    /// The status of the answer, once it is about to be written.
    package var answer: Int?

    package var isAccepted: Bool { answer.map { (200..<300).contains($0) } ?? false }

    /// The values of a header, whatever its case.
    package func header(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The body without its compression.
    package func content() throws -> [UInt8] {
        header("Content-Encoding") == ["gzip"] ? try GzipReader.decompress(body) : body
    }

    /// The data points in the body.
    package func points() throws -> [OTLPPoint] {
        try OTLPPoint.all(inRequest: try content())
    }
}
