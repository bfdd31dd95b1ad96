import Instruments
import Testing

@testable import OTelEmitter

@Suite struct KeyValueListsTests {
    private func headers(_ text: String) -> (headers: [String], problems: [ConfigurationProblem]) {
        var reader = EnvironmentReader(["OTEL_EXPORTER_OTLP_HEADERS": text])
        let headers = HeaderList.parse(.headers, &reader)
        return (headers.map { "\($0.name):\($0.value)" }, reader.problems)
    }

    private func attributes(_ text: String) -> (set: AttributeSet, problems: [ConfigurationProblem])
    {
        var reader = EnvironmentReader(["OTEL_RESOURCE_ATTRIBUTES": text])
        let attributes = ResourceAttributeList.parse(.resourceAttributes, &reader)
        return (AttributeSet(attributes), reader.problems)
    }

    // MARK: Headers

    @Test(arguments: [
        ("", []), ("  ", []), ("k=v", ["k:v"]), ("k=v,l=w", ["k:v", "l:w"]),
        (" k = v , l\t=\tw ", ["k:v", "l:w"]), ("k=", ["k:"]), ("k=a=b==", ["k:a=b=="]),
        ("k=a%20b%2Cc", ["k:a b,c"]), ("k=v,", ["k:v"]), (",,k=v,,", ["k:v"]),
        ("authorization=Bearer%20x.y", ["authorization:Bearer x.y"]), ("k=a b", ["k:a b"]),
        ("k=1,l=2,K=3", ["l:2", "K:3"]), ("k=v;p=1", ["k:v;p=1"]),
    ])
    func pairsBecomeHeaders(text: String, expected: [String]) {
        let (headers, problems) = headers(text)
        #expect(headers == expected)
        #expect(problems.isEmpty)
    }

    @Test(arguments: [
        "secret", "k:secret", "=secret", " =secret", "k k=secret", "k=secret%", "k=secret%zz",
        "k=secret%0D%0Ainjected:x", "k=secret%00", "k=secret%FF", "Host=secret",
        "Content-Type=secret", "kö=secret", "secret,secret", "k%3Dsecret", "k=\u{301}secret",

    ])
    func aBadPairIsLeftOutAloneAndItsTextNeverShown(pair: String) {
        let (headers, problems) = headers("a=1,\(pair),b=2")
        #expect(headers == ["a:1", "b:2"])
        #expect(!problems.isEmpty)
        for problem in problems {
            #expect(problem.value == nil)
            #expect(!problem.description.contains("secret"))
            #expect(problem.description.contains("OTEL_EXPORTER_OTLP_HEADERS"))
        }
    }

    @Test func aProblemTellsWhichHeaderIsLeftOut() {
        #expect(headers("a=1,bad,b=2").problems.first?.description.contains("number 2") == true)
    }

    @Test func noHeaderEverHoldsALineBreak() {
        for byte in 0..<256 {
            let hex = String(byte, radix: 16)
            let encoded = "%" + (hex.count == 1 ? "0" : "") + hex
            for header in headers("k=a\(encoded)b,x\(encoded)y=v").headers {
                #expect(!header.utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F })
            }
        }
    }

    @Test func headersAreLimitedInNumberAndTheRestIsReported() {
        let text = (0..<70).map { "k\($0)=v" }.joined(separator: ",")
        let (headers, problems) = headers(text)
        #expect(headers.count == HeaderList.maximumCount)
        #expect(headers.last == "k63:v")
        #expect(problems.count == 6)
    }

    // MARK: Resource attributes

    @Test(
        arguments: [
            ("", [:]), (" \t", [:]), ("k=v", ["k": "v"]), (" k = v ,l=w", ["k": "v", "l": "w"]),
            ("k=", ["k": ""]), ("k=1", ["k": "1"]), ("k=a%2Cb%3Dc", ["k": "a,b=c"]),
            ("k%20k=v", ["k k": "v"]), ("k=%C3%A9", ["k": "é"]), ("k=1,k=2", ["k": "2"]),
            ("k=v%20", ["k": "v "]),
        ] as [(String, AttributeSet)])
    func pairsBecomeStringAttributes(text: String, expected: AttributeSet) {
        let (set, problems) = attributes(text)
        #expect(set == expected)
        #expect(problems.isEmpty)
    }

    @Test(arguments: [
        "k", "=v", " =v", "a=1,", ",a=1", "a=1,,b=2", "a=1,b", "a=1,b=%", "a=1,b=%zz", "%=1,a=1",
        "a=1,b=%FF", "a=1,=2", ",", "a=b=c", "a=1,b=2=", "a==1",
    ])
    func anyErrorDiscardsTheWholeList(text: String) {
        let (set, problems) = attributes(text)
        #expect(set.isEmpty)
        #expect(problems.count == 1)
        #expect(problems.first?.variable == "OTEL_RESOURCE_ATTRIBUTES")
    }

    @Test func aRejectedListIsNotRepeated() {
        let problems = attributes("a=1,my.pw=hunter2%ZZ").problems
        #expect(problems.first?.value == nil)
        #expect(problems.first?.description.contains("hunter2") == false)
        #expect(problems.first?.description.contains("pair number 2") == true)
    }
}
