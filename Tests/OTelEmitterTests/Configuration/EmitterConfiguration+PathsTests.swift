import Foundation
import Testing

@testable import OTelEmitter

@Suite struct EmitterConfigurationPathsTests {
    /// A configuration that names this path wherever one may stand, and the paths of it.
    private func configuration(_ path: String) -> EmitterConfiguration {
        var configuration = EmitterConfiguration(environment: [:])
        configuration.exporter = .otlpFile(path: path)
        configuration.spool = SpoolOptions(directory: path)
        configuration.spool?.byteLimit = 7
        configuration.tls.authoritiesPath = path
        configuration.tls.clientCertificatePath = path
        configuration.tls.clientKeyPath = path
        return configuration
    }

    @Test(arguments: [
        ("/s", "/here", "/s"), ("s", "/here", "/here/s"), ("a/b", "/", "/a/b"),
        ("../s", "/here/now", "/here/now/../s"), ("s", "nowhere", "s"),
    ])
    func relativePathsCountFromAPlace(path: String, place: String, expected: String) {
        let found = configuration(path).withPaths(below: place)
        #expect(found.exporter == .otlpFile(path: expected))
        #expect(found.spool?.directory == expected)
        #expect(found.spool?.byteLimit == 7)
        #expect(found.tls == configuration(expected).tls)
    }

    @Test func thePlaceIsWhereTheProcessIs() {
        let here = FileManager.default.currentDirectoryPath
        #expect(configuration("s").withAbsolutePaths.spool?.directory == here + "/s")
        #expect(configuration("/s").withAbsolutePaths.spool?.directory == "/s")
    }

    @Test func whatNamesNoPathStaysWithoutOne() {
        let found = EmitterConfiguration(environment: [:]).withPaths(below: "/here")
        #expect(found.exporter == .otlp && found.spool == nil && found.tls == TLSOptions())
    }
}
