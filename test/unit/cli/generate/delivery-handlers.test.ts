import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { deliveryHandlers } from '../../../../src/cli/generate/delivery-handlers.ts'
import { typeOfJson } from '../../../../src/cli/generate/json-type.ts'
import { parseDelivery } from '../../../../src/events/parse-delivery.ts'
import { buildDelivery } from '../../../../src/testing/build-delivery.ts'
import { checkSyntax, compile } from '../../../support/generated-code.ts'
import { tempFolder } from '../../../support/temp-folder.ts'

const bodies: Readonly<Record<string, object>> = {
  follow: buildDelivery('follow'),
  post: buildDelivery('post.create'),
  news: {
    for_user_id: '12',
    "spaces'_events": [{ id: '3', tags: ['a', 1], 'a-b': null, who: [{ a: 1 }, { b: '2' }] }],
  },
  unknown: { hello: 'world' },
  empty: { data: { event_type: 'brand.new', filter: { user_id: '1' }, payload: {} } },
}

test('a handler of a type that is known has its type; another one checks the payload', async () => {
  const sources = new Map<string, string>()
  const scripts = new Map<string, string>()
  for (const [name, body] of Object.entries(bodies)) {
    const { events } = parseDelivery(body)
    for (const { path, text } of deliveryHandlers(events, 'typescript')) sources.set(`${name}/${path}`, text)
    for (const { path, text } of deliveryHandlers(events, 'javascript')) scripts.set(`${name}/${path}`, text)
  }
  expect([...sources.keys()]).toEqual([
    'follow/follow.ts',
    'post/post-create.ts',
    'news/spaces-events.ts',
    'unknown/unknown.ts',
    'empty/brand-new.ts',
  ])
  expect(sources.get('follow/follow.ts')).toContain("export const onFollow: Handler<EventOf<'follow'>> = (event) => {")
  expect(sources.get('news/spaces-events.ts')).toContain(
    "if (event.key !== 'spaces\\'_events' || !isSpacesEventsPayload(event.payload)) return",
  )
  expect(compile(sources)).toEqual([])
  const folder = tempFolder()
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  for (const [path, text] of scripts) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await checkSyntax(folder, [...scripts.keys()])
})

test('a type that X invents cannot name a file elsewhere, or write code', async () => {
  const { events } = parseDelivery({ for_user_id: '1', '../../evil\n*/ process.exit()//_events': [{ id: '1' }] })
  const files = deliveryHandlers(events, 'typescript')
  expect(files.map(({ path }) => path)).toEqual(['evil-process-exit-events.ts'])
  expect(files[0]?.text).not.toMatch(/^\*\//m)
})

test.each([
  [null, 'null'],
  [[], 'readonly unknown[]'],
  [{}, 'Readonly<Record<string, unknown>>'],
  [['a', 1, 'b'], 'readonly (string | number)[]'],
  [[[1], [2]], 'readonly readonly number[][]'],
  [{ a: 1, 'b c': true }, "{\n  readonly a: number\n  readonly 'b c': boolean\n}"],
  [[{ a: 1 }, { a: null, b: 'x' }], 'readonly {\n  readonly a: number | null\n  readonly b?: string\n}[]'],
])('the type of %j', (value, type) => {
  expect(typeOfJson(value)).toBe(type)
})
