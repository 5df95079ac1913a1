// Runs clients of other projects against the emulator: `npm run test:conformance`.
import assert from 'node:assert/strict'
import { createReport } from '../package/report.ts'
import { runBin } from '../package/shell.ts'
import { installClients } from './install.ts'
import { blockNetwork, unexpectedRequests } from './network.ts'
import { runScenarios } from './scenario.ts'

// Some clients use deprecated parts of Node.js. Their warnings do not matter here.
process.noDeprecation = true

const report = createReport()
report.section('The clients')
await report.check('are installed without running their scripts', installClients)
await report.check('have the types that the scenarios use', () =>
  runBin('typescript/bin/tsc', ['--project', 'test/conformance']).then(() => undefined),
)

// Before the clients are loaded, because some of them keep a reference to `fetch`.
blockNetwork()
const suites = [
  await import('./xdk.ts'),
  await import('./twitter-api-v2.ts'),
  await import('./sign-in.ts'),
  await import('./twitter-webhooks.ts'),
  await import('./twitter-autohook.ts'),
]
for (const { client, scenarios } of suites) await runScenarios(report, client, scenarios)

report.section('The network')
await report.check('was not used beyond this machine', () => assert.deepEqual(unexpectedRequests(), []))
process.exitCode = report.close() ? 0 : 1
