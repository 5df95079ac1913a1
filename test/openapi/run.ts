// Checks the requests of the client and the responses of the emulator by the OpenAPI description of X:
// `npm run test:openapi -- <paths to the OpenAPI files>`.
import assert from 'node:assert/strict'
import { createReport } from '../package/report.ts'
import { checkRequest, checkResponse, findOperation } from './check-exchange.ts'
import { readDescriptions } from './description.ts'
import { type Exchange, Recorder } from './exchange.ts'
import { runScenario, scenarios } from './scenarios.ts'

const [path, ...more] = process.argv.slice(2)
if (path === undefined) throw new Error('Usage: npm run test:openapi -- <paths to the OpenAPI files>')

const description = await readDescriptions(path, ...more)
const recorder = new Recorder()
const report = createReport()
/** The types of problems that only the earlier description allows, with their number. */
const earlier = new Map<string, number>()

report.section('Scenarios')
for (const name of Object.keys(scenarios)) await report.check(name, () => runScenario(name, recorder))

report.section('Requests of the client')
for (const exchange of distinct(recorder.exchanges.filter(({ isFromClient }) => isFromClient))) {
  await report.check(describe(exchange), () => assert.deepEqual(checkRequest(description, exchange), []))
}

report.section('Responses of the emulator')
for (const exchange of distinct(recorder.exchanges)) {
  await report.check(`${describe(exchange)} → ${exchange.status}`, () => {
    const { issues, earlierProblem } = checkResponse(description, exchange)
    assert.deepEqual(issues, [], exchange.received.text)
    if (earlierProblem === undefined) return undefined
    earlier.set(earlierProblem, (earlier.get(earlierProblem) ?? 0) + 1)
    return `checked by the earlier description, as ${earlierProblem}`
  })
}

report.section('Operations')
for (const operation of description.operations) {
  await report.check(`${operation.name} (${operation.version}) succeeds and fails`, () => {
    const exchanges = recorder.exchanges.filter((exchange) => findOperation(description, exchange) === operation)
    const isSuccess = ({ status }: Exchange) => status < 300
    assert.ok(exchanges.some(isSuccess), 'has never succeeded')
    assert.ok(!exchanges.every(isSuccess), 'has never failed')
  })
}

console.log('\nTypes of problems that only the earlier description has:')
for (const [type, count] of earlier) console.log(`  ${type}: ${count}`)
process.exitCode = report.close() ? 0 : 1

/** Each exchange once per scenario. */
function distinct(exchanges: readonly Exchange[]): Exchange[] {
  return [...new Map(exchanges.map((exchange) => [JSON.stringify(exchange), exchange])).values()]
}

function describe({ scenario, method, path, scheme }: Exchange): string {
  return `${scenario}: ${method} ${path.replace(/\d{10,}/g, '…')} by ${scheme ?? 'no authentication'}`
}
