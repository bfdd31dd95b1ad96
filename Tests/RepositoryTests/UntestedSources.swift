/// Sources that have no test file of their name, by the reason.
enum UntestedSources {
    /// Sources that need none for one reason.
    struct Group {
        let reason: String
        /// Test files that show what the sources do.
        let tests: [String]
        /// Names of files, without their folders, so that a file may move.
        let sources: [String]

        init(_ reason: String, _ sources: [String]) {
            self.reason = reason
            tests = []
            self.sources = sources
        }

        init(testedBy tests: String..., sources: [String]) {
            reason = "tested by others"
            self.tests = tests
            self.sources = sources
        }
    }

    static let groups = values + split + instruments + emitter + telemetry + programs + node

    /// Constants, cases and stored properties; what uses them is tested.
    private static let values = [
        Group(
            "a value without logic",
            [
                "Aggregation.swift", "MetricNumber.swift", "BatchLimits.swift",
                "Compression.swift", "SpoolOptions.swift", "Version.swift",
                "PrometheusTranslation.swift", "CertificateFacts.swift", "HTTPRequest.swift",
                "TransferProgress.swift", "TransportError.swift", "NodeMode.swift",
                "Boundaries.swift", "SnapshotProblem.swift",
                "TelemetryWorkerConfiguration.swift", "HelpText.swift", "Section.swift",
                "QueryProblem.swift", "Limits.swift", "NodeConfiguration.swift",
                "StorageFile.swift", "SystemCallError.swift", "UsageProblem.swift",
            ])
    ]

    /// Types that have files of their own and are tested with the type that they belong to.
    private static let split = [
        Group(
            "a value without logic",
            [
                "CardinalityOverflow.swift", "ExemplarFilter.swift", "ExemplarReservoirKind.swift",
                "HistogramPoint.swift", "MetricKind.swift", "Temporality.swift",
                "ScopeMetrics.swift", "Metric.swift", "InstrumentAdvice.swift",
                "StreamNumber.swift",
                "CallbackRegistration.swift", "DeclaredLoss.swift",
            ]),
        Group(
            testedBy: "ViewTests.swift", "ViewMatchingTests.swift",
            sources: ["AttributeFilter.swift", "Wildcard.swift"]),
        Group(
            testedBy: "InstrumentStorage+LookupTests.swift",
            sources: ["StringPairs.swift", "DirectWrite.swift"]),
        Group(
            testedBy: "CellReadingTests.swift", "SumCellTests.swift",
            sources: [
                "HistogramCell+Reading.swift", "SharedWord.swift", "StreamState.swift",
                "Saturation.swift",
            ]),
        Group(
            testedBy: "ExponentialHistogramCellTests.swift", "ExponentialVectorsTests.swift",
            "JoinedPointsTests.swift",
            sources: ["ExponentialBuckets.swift", "ExponentialContents.swift"]),
        Group(
            testedBy: "ExemplarReservoirTests.swift", "ReservoirRowsTests.swift",
            "ExemplarTests.swift",
            sources: [
                "BuiltInReservoirs.swift", "HostReservoirs.swift", "ReservoirMaker.swift",
                "TraceContext.swift",
            ]),
        Group(
            testedBy: "CollectedStateTests.swift",
            sources: [
                "StateRegistry.swift", "CollectedStates.swift", "MeterProvider+State.swift",
            ]),
        Group(
            testedBy: "MetricDifferenceTests.swift", "MetricMergeTests.swift",
            "JoinedPointsTests.swift",
            sources: [
                "MarkedMetric.swift", "MetricData.swift", "MetricSource.swift",
                "MetricsCollection.swift", "SeriesPairs.swift",
            ]),
        Group(
            testedBy: "InstrumentDescriptorTests.swift", "InstrumentDefinitionTests.swift",
            sources: ["InstrumentKind.swift", "InstrumentDefinition+Closed.swift"]),
        Group(testedBy: "ResourceTests.swift", sources: ["InstrumentationScope.swift"]),
        Group(testedBy: "NumberPointTests.swift", sources: ["Number.swift"]),
        Group(testedBy: "MeterProviderTests.swift", sources: ["MeterRegistry.swift"]),
        Group(
            testedBy: "ReaderMemoryTests.swift", "ObservableRowsTests.swift",
            sources: ["ObservableStream.swift"]),
        Group(
            testedBy: "MeterProvider+OverflowsTests.swift", sources: ["GuiltyKey.swift"]),
        Group(
            testedBy: "ProviderClockTests.swift",
            sources: ["WallClock.swift", "Duration+Nanoseconds.swift"]),
        Group(testedBy: "FlushTests.swift", "ShutdownTests.swift", sources: ["Emitter.swift"]),
        Group(
            testedBy: "OTLPEncoderTests.swift", "RequestHeadersTests.swift",
            sources: ["RequestEncoder.swift", "RequestHeaders.swift"]),
        Group(testedBy: "SpoolInspectionTests.swift", sources: ["SpoolInspection.swift"]),
        Group(
            testedBy: "CatalogueTests.swift", "ExpressionTests.swift",
            sources: [
                "Catalogue+Consensus.swift", "Catalogue+Network.swift", "Catalogue+Proofs.swift",
                "Catalogue+RPC.swift", "Catalogue+Storage.swift",
                "InstrumentDefinition+Query.swift",
            ]),
    ]

    private static let instruments = [
        Group(
            testedBy: "ReservoirRowsTests.swift", "ExemplarRowsTests.swift",
            sources: [
                "ExemplarPolicy.swift", "SeriesExemplars.swift", "ObservedExemplars.swift",
            ]),
        Group(
            testedBy: "ExponentialHistogramCellTests.swift",
            sources: ["ExponentialHistogramCell+Reading.swift"]),
        Group(
            testedBy: "StreamReadingTests.swift", "StreamResolverTests.swift",
            sources: ["MetricStream.swift", "HistogramPointMaker.swift"]),
        Group(
            testedBy: "ObservableInstrumentTests.swift", "ReaderMemoryTests.swift",
            sources: ["ObservableStorage.swift"]),
        Group(
            testedBy: "CThreadCellsTests.swift", "SeriesTableTests.swift",
            sources: [
                "FirstTouchLock.swift", "Retirement.swift", "LiveSeries.swift", "Idleness.swift",
            ]),
        Group(
            testedBy: "MeterProviderTests.swift", "InstrumentsDiagnosticTests.swift",
            sources: ["ProviderSettings.swift"]),
        Group(
            testedBy: "CallbackRegistryTests.swift", "CallbackScenarioTests.swift",
            sources: ["CallbackThread.swift"]),
        Group(
            testedBy: "ReaderRowsTests.swift", "ShutdownRowsTests.swift",
            sources: [
                "MetricReader.swift", "ReaderRegistry.swift", "Monitor.swift",
                "DetachedThread.swift",
            ]),
        Group(
            testedBy: "AttributeScratch+SetTests.swift", "AttributeSet+InPlaceTests.swift",
            sources: ["AttributeScratch.swift", "AttributeScratch+Match.swift"]),
        Group(
            testedBy: "CounterTests.swift", "GaugeTests.swift", "HistogramTests.swift",
            sources: ["BoundTarget.swift"]),
        Group(
            testedBy: "ClosedSetTests.swift", "ViewRowsTests.swift",
            sources: ["ClosedInstruments.swift", "Meter+Closed.swift"]),
        Group(
            testedBy: "JSONReaderTests.swift",
            sources: ["JSONCursor.swift", "JSONCursor+Text.swift"]),
    ]

    private static let emitter = [
        Group(
            testedBy: "CheckCommandTests.swift", "CheckTextTests.swift",
            sources: ["EndpointProbe.swift", "ProbeReport.swift"]),
        Group(
            testedBy: "SelfMetricsTests.swift", "PeriodicExportTests.swift",
            sources: ["SelfMetrics.swift", "MeterProvider+Own.swift", "OwnMetric.swift"]),
        Group(
            testedBy: "RefusalReportTests.swift", "DeliveryDataScenarioTests.swift",
            sources: ["OmissionReport.swift"]),
        Group(
            testedBy: "PrometheusTextTests.swift", "PrometheusFamilyTests.swift",
            "PrometheusSeenTests.swift",
            sources: ["PrometheusWriter.swift"]),
        Group(
            testedBy: "OTLPEncoderTests.swift", "GoldenTests.swift", "RequestIndexTests.swift",
            sources: ["RequestParts.swift", "RequestWriter.swift"]),
        Group(
            testedBy: "CourierTests.swift", "QueueBoundTests.swift", "RefusedPartsTests.swift",
            sources: ["Backlog.swift", "Courier+Answer.swift", "Courier+Progress.swift"]),
        Group(testedBy: "DivisionTests.swift", sources: ["Division+Part.swift"]),
        Group(
            testedBy: "TimeScenarioTests.swift", "ThrottlingTests.swift",
            sources: ["EmitterClock.swift"]),
        Group(
            testedBy: "PeriodicExportTests.swift", "FlushTests.swift", "ShutdownTests.swift",
            sources: [
                "ExportThread.swift", "ExportWorker.swift", "HostCalls.swift",
            ]),
        Group(
            testedBy: "ResponseClassificationTests.swift", "RefusalReportTests.swift",
            sources: ["Verdict+Refusal.swift"]),
        Group(
            testedBy: "HTTPPushTests.swift",
            sources: ["HTTPPush.swift", "HTTPPushOptions.swift", "PushWorker.swift"]),
        Group(testedBy: "BatchQueueTests.swift", sources: ["Batch.swift"]),
        Group(
            testedBy: "EmitterConfiguration+ProblemsTests.swift", "KeyValueListsTests.swift",
            sources: ["ConfigurationProblem.swift"]),
        Group(
            testedBy: "EmitterConfiguration+ProblemsTests.swift",
            sources: ["ConfigurationReview.swift"]),
        Group(
            testedBy: "EmitterConfiguration+ResourceTests.swift",
            sources: ["ProcessResource.swift"]),
        Group(
            testedBy: "EmitterConfiguration+PathsTests.swift", sources: ["WorkingDirectory.swift"]),
        Group(
            testedBy: "EmitterConfiguration+EnvironmentTests.swift",
            sources: ["UnsupportedVariables.swift"]),
        Group(
            testedBy: "EmitterConfiguration+SettingsTests.swift", "EffectiveOptionTests.swift",
            "EmitterOptionTests.swift",
            sources: [
                "ConfigurationBaseline.swift", "ConfigurationSetting.swift", "OptionFormat.swift",
                "OptionText.swift",
            ]),
        Group(testedBy: "SpoolReplayTests.swift", sources: ["SpoolReplay.swift"]),
        Group(
            testedBy: "SpoolTests.swift", "SpoolFaultTests.swift", "SpoolCrashTests.swift",
            sources: [
                "Spool+Next.swift", "Spool+Removal.swift", "SpoolFiles.swift",
                "SpoolFiles+System.swift",
            ]),
        Group(testedBy: "SpoolDirectoryTests.swift", sources: ["SpoolDirectory+Batches.swift"]),
        Group(testedBy: "SpoolInspectionTests.swift", sources: ["SpoolInspector.swift"]),
        Group(
            testedBy: "Spool+MaintainTests.swift", "SpoolNeighbourTests.swift",
            sources: ["SpoolRoot.swift", "SpoolSurvey.swift"]),
        Group(
            testedBy: "ProcessTests.swift", "ProcessExitScenarioTests.swift",
            sources: ["CurlGlobal.swift", "ExitGate.swift"]),
        Group(
            testedBy: "ResponseTests.swift", "ConnectionTests.swift", "ProxyTests.swift",
            sources: [
                "HTTPTransport.swift", "HTTPTransport+Options.swift",
                "HTTPTransport+Failure.swift", "TransferContext.swift",
            ]),
        Group(testedBy: "TLSTests.swift", sources: ["HTTPTransport+TLS.swift"]),
        Group(testedBy: "CertificateFilesTests.swift", sources: ["PEMFile.swift"]),
        Group(testedBy: "NameTests.swift", sources: ["ResolverThreads.swift"]),
        Group(
            testedBy: "ConnectionTests.swift", "BatchInHandTests.swift",
            sources: ["TransportWakeup.swift", "WakeupDescriptors.swift"]),
        Group(testedBy: "X509ExpiryTests.swift", sources: ["X509Expiry.swift"]),
    ]

    private static let telemetry = [
        Group(
            testedBy: "RuntimeMetricsTests.swift", "StorageMetricsTests.swift",
            sources: [
                "ConsensusInstruments.swift", "ProofInstruments.swift",
                "RequestInstruments.swift", "FlushInstruments.swift",
            ]),
        Group(
            testedBy: "TelemetrySnapshotTests.swift", "TelemetrySnapshot+DecodingTests.swift",
            "TelemetrySchemaTests.swift",
            sources: ["TelemetrySnapshot+Derivation.swift", "TelemetrySnapshot+JSON.swift"]),
        Group(testedBy: "TelemetryWorkerTests.swift", sources: ["TelemetryWorker.swift"]),
    ]

    private static let programs = [
        Group(
            testedBy: "SendCommandTests.swift",
            sources: ["MeasurementInput.swift", "WaitingText.swift"]),
        Group(testedBy: "OTelEmitTests.swift", sources: ["OutputStream.swift"]),
        Group(
            testedBy: "BoardTests.swift", "GeneratedFileTests.swift", "ExpressionTests.swift",
            sources: [
                "Board+Bandwidth.swift", "Board+Consensus.swift", "Board+EmitterHealth.swift",
                "Board+PeerScores.swift", "Board+Runtime.swift",
            ]),
        Group(testedBy: "ArgumentsTests.swift", sources: ["Dashboards.swift"]),
        Group(testedBy: "SelectionTests.swift", sources: ["Window.swift"]),
        Group(testedBy: "PrettyJSONTests.swift", sources: ["JSONValue+Literals.swift"]),
        Group(
            testedBy: "PanelTests.swift", "GridTests.swift",
            sources: ["Panel+JSON.swift", "Target.swift"]),
        Group(
            testedBy: "RuleFileTests.swift", "PromtoolTests.swift",
            sources: [
                "Alert+Certificates.swift", "Alert+Consensus.swift", "Alert+Emitter.swift",
                "Alert+Events.swift", "Alert+Network.swift", "Alert+Storage.swift",
                "Recording.swift", "Rule.swift",
            ]),
    ]

    private static let node = [
        Group(
            testedBy: "TextFormTests.swift",
            sources: [
                "Base58.swift", "CRC32.swift", "Hexadecimal.swift", "NodeIdentity.swift",
            ]),
        Group(
            testedBy: "ChainTests.swift", "BlockTests.swift",
            sources: ["Mempool.swift", "Transaction.swift"]),
        Group(
            testedBy: "NodeTests.swift", "Validator+ConductTests.swift",
            sources: [
                "Validator.swift", "Validator+Messages.swift", "Validator+Misconduct.swift",
                "Validator+Proofs.swift", "Validator+Rounds.swift", "ValidatorThread.swift",
                "Books.swift", "Books+Consensus.swift", "ChainStorage.swift",
                "DataDirectory.swift", "WorkerThread.swift", "Handover.swift", "Guarded.swift",
            ]),
        Group(
            testedBy: "FrameParserTests.swift", sources: ["Frame.swift", "TopicBytes.swift"]),
        Group(
            testedBy: "MeshTests.swift",
            sources: [
                "PeerConnection.swift", "ValidatorSeat.swift", "LoopbackSocket.swift",
                "OwnedDescriptor.swift", "FileBytes.swift",
            ]),
        Group(testedBy: "SHA256Tests.swift", sources: ["Digest.swift"]),
        Group(testedBy: "LedgerTests.swift", sources: ["Ledger+JSON.swift"]),
        Group(
            testedBy: "ProofTests.swift",
            sources: [
                "Composition.swift", "Proof+Encoding.swift", "Prover.swift",
                "VerificationReport.swift", "Verifier.swift",
            ]),
        Group(
            testedBy: "RPCServerTests.swift", "OperatorPagesTests.swift",
            sources: [
                "RPCClient.swift", "RPCConnection.swift", "RPCDriver.swift",
                "RPCHandlers.swift", "RPCRoute.swift",
            ]),
        Group(testedBy: "RecordLogTests.swift", sources: ["DiskCalls.swift"]),
        Group(
            testedBy: "RPPNodeTests.swift",
            sources: ["SignalWatcher.swift", "OutputStream.swift"]),
    ]
}
