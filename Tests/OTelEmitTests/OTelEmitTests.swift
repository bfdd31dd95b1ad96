import Testing
@Suite struct OTelEmitTests {}
