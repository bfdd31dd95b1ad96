import Instruments
import JSONText
import Testing

@testable import OTelEmitter

@Suite struct WireFormTests {
    @Test func namesOfProtocolsAreThoseOfTheSpecification() {
        #expect(WireForm(rawValue: "http/json") == .json)
        #expect(WireForm(rawValue: "json") == nil)
        #expect(WireForm(rawValue: "grpc") == nil)
    }

    /// What one form keeps or stores, no other one may take for its own.
    @Test func nothingThatTellsFormsApartIsSharedByTwo() {
        let forms = WireForm.allCases
        #expect(Set(forms.map(\.rawValue)).count == forms.count)
        #expect(Set(forms.map(\.name)).count == forms.count)
        #expect(Set(forms.map(\.contentType)).count == forms.count)
        #expect(Set(forms.map(\.exporterType)).count == forms.count)
        #expect(Set(forms.map(\.renderingKey)).count == forms.count)
        #expect(Set(forms.map(\.spoolVersion)).count == forms.count)
    }

    @Test func theVersionOfASpoolFileTellsItsForm() {
        for form in WireForm.allCases {
            #expect(WireForm(spoolVersion: form.spoolVersion) == form)
        }
        // Files of released versions are read for ever.
        #expect(WireForm(spoolVersion: 1) == .json)
        #expect(WireForm(spoolVersion: 0) == nil)
        #expect(WireForm(spoolVersion: .max) == nil)
    }

    @Test func theEmptyRequestOfJSONIsAnEnvelopeWithNothingInIt() throws {
        let request = try JSONReader.parse(WireForm.json.emptyRequest)
        #expect(request["resourceMetrics"]?.elements == [])
    }

    @Test(arguments: WireForm.allCases)
    func anEmptyRequestHasNothingToDivide(form: WireForm) {
        #expect(form.index(of: form.emptyRequest) == nil)
    }

    @Test(arguments: WireForm.allCases)
    func whatAFormWritesItCanDivide(form: WireForm) throws {
        var encoder = RequestEncoder(form, limits: Encoded.limits(points: 7))
        for snapshot in Snapshots.all.map(\.snapshot) {
            var found = 0
            encoder.encode(snapshot) { bytes, points in
                #expect(form.index(of: Array(bytes))?.pointCount == points)
                found += points
            }
            #expect(found == snapshot.pointCount)
        }
    }

    @Test func limitsHoldFromTheirSnapshotOn() throws {
        let snapshot = try #require(
            Snapshots.all.map(\.snapshot).max { $0.pointCount < $1.pointCount })
        var encoder = RequestEncoder(.json, limits: Encoded.limits(points: 1))
        var largest: [Int] = []
        for limits in [nil, Encoded.limits(), nil] {
            var points = 0
            encoder.encode(snapshot, limits: limits) { points = max(points, $1) }
            largest.append(points)
        }
        #expect(largest == [1, snapshot.pointCount, snapshot.pointCount])
    }
}
