import { describe, expect, test } from 'vitest'
import { createReceiver } from 'x-account-activity'
import { blocksOf, blockWith, createBlockWriter } from './run-block.ts'

const write = createBlockWriter()
const guides = ['docs/guides/testing.md', 'docs/guides/jest-and-commonjs.md']

/** The blocks of these guides are tests, which run as they are, or modules that only have to load. */
for (const guide of guides) {
  for (const block of blocksOf(guide)) {
    // vitest runs the tests that are written for the runner of Node.js.
    const file = write({ ...block, code: block.code.replace("'node:test'", "'vitest'") })
    describe(`${guide}:${block.line}`, async () => {
      if (/^test\b/m.test(block.code)) await import(/* @vite-ignore */ file)
      else test('loads', async () => void (await import(/* @vite-ignore */ file)))
    })
  }
}

test('the delivery that the jest guide sends is one of X', async () => {
  const file = write(blockWith(blocksOf('docs/guides/jest-and-commonjs.md'), 'export function delivery'))
  const { delivery } = await import(/* @vite-ignore */ file)
  const receiver = createReceiver({ consumerSecret: 'consumer-secret' })
  const request: Request = delivery('https://app.example/webhook', 'consumer-secret')
  expect((await receiver.fetch(request)).status).toBe(200)
})
