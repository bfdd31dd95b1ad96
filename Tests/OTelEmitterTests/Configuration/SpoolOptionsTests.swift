import Foundation
import Testing

@testable import OTelEmitter

@Suite struct SpoolOptionsTests {
    @Test(arguments: [
        ("/s", "/here", "/s"), ("s", "/here", "/here/s"), ("a/b", "/", "/a/b"),
        ("../s", "/here/now", "/here/now/../s"), ("s", "nowhere", "s"),
    ])
    func relativePathsCountFromAPlace(directory: String, place: String, expected: String) {
        var options = SpoolOptions(directory: directory)
        options.byteLimit = 7
        let found = options.below(place)
        #expect(found.directory == expected)
        #expect(found.byteLimit == 7)
    }

    @Test func thePlaceIsWhereTheProcessIs() {
        let here = FileManager.default.currentDirectoryPath
        #expect(SpoolOptions(directory: "s").absolute.directory == here + "/s")
        #expect(SpoolOptions(directory: "/s").absolute.directory == "/s")
    }
}
