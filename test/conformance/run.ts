// Runs clients that others wrote against the emulator: `npm run test:conformance`.
import assert from 'node:assert/strict'
import { createReport } from '../package/report.ts'
import { runBin } from '../package/shell.ts'
import { installClients } from './install.ts'
import { closeTheNetwork, strayRequests } from './network.ts'
import { play } from './scenario.ts'

// The clients are of another age; what Node thinks of them is no concern here.
process.noDeprecation = true

const report = createReport()
report.section('The clients')
await report.check('are installed, without running their scripts', installClients)
await report.check('have the types that the scenarios use', () =>
  runBin('typescript/bin/tsc', ['--project', 'test/conformance']).then(() => undefined),
)

// Before the clients are loaded, because some of them keep the `fetch` that they find then.
closeTheNetwork()
const suites = [
  await import('./xdk.ts'),
  await import('./twitter-api-v2.ts'),
  await import('./sign-in.ts'),
  await import('./twitter-webhooks.ts'),
  await import('./twitter-autohook.ts'),
]
for (const { client, scenarios } of suites) await play(report, client, scenarios)

report.section('The network')
await report.check('was not used beyond this machine', () => assert.deepEqual(strayRequests(), []))
process.exitCode = report.close() ? 0 : 1
