// Holds what the emulator answers and what the client sends against X's own description of its API:
// `npm run test:openapi -- <path to the OpenAPI file>`.
import assert from 'node:assert/strict'
import { createReport } from '../package/report.ts'
import { checkAnswer, checkRequest, operationOf } from './check-exchange.ts'
import { readDescription } from './description.ts'
import { type Exchange, Recorder } from './exchange.ts'
import { play, stories } from './stories.ts'

const [path] = process.argv.slice(2)
if (path === undefined) throw new Error('Usage: npm run test:openapi -- <path to the OpenAPI file>')

const description = await readDescription(path)
const recorder = new Recorder()
const report = createReport()
/** Problems that only the earlier description admits, and how often they came. */
const earlier = new Map<string, number>()

report.section('What happens')
for (const name of Object.keys(stories)) await report.check(name, () => play(name, recorder))

report.section('What the client sends')
for (const exchange of distinct(recorder.exchanges.filter(({ byClient }) => byClient))) {
  await report.check(describe(exchange), () => assert.deepEqual(checkRequest(description, exchange), []))
}

report.section('What the emulator answers')
for (const exchange of distinct(recorder.exchanges)) {
  await report.check(`${describe(exchange)} → ${exchange.status}`, () => {
    const { faults, earlierProblem } = checkAnswer(description, exchange)
    assert.deepEqual(faults, [], exchange.answer.text)
    if (earlierProblem === undefined) return undefined
    earlier.set(earlierProblem, (earlier.get(earlierProblem) ?? 0) + 1)
    return `by the earlier description, as ${earlierProblem}`
  })
}

report.section('What has been tried')
const offered = description.operations.filter(({ name }) => !name.includes(' /2/activity/'))
for (const operation of offered) {
  await report.check(`${operation.name} (${operation.version}) works, and fails`, () => {
    const exchanges = recorder.exchanges.filter((exchange) => operationOf(description, exchange) === operation)
    const isFine = ({ status }: Exchange) => status < 300
    assert.ok(exchanges.some(isFine), 'never worked')
    assert.ok(!exchanges.every(isFine), 'never failed')
  })
}

const others = description.operations.filter((operation) => !offered.includes(operation))
console.log(`\nNot offered by the emulator: ${others.map(({ name }) => name).join(', ')}`)
console.log('Problems of a type that the current description has dropped, held against the earlier one:')
for (const [type, count] of earlier) console.log(`  ${type}: ${count}`)
process.exitCode = report.close() ? 0 : 1

/** Each request and answer once for each story. */
function distinct(exchanges: readonly Exchange[]): Exchange[] {
  return [...new Map(exchanges.map((exchange) => [JSON.stringify(exchange), exchange])).values()]
}

function describe({ story, method, path, scheme }: Exchange): string {
  return `${story}: ${method} ${path.replace(/\d{10,}/g, '…')} by ${scheme ?? 'nobody'}`
}
