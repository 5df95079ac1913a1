import { type HandledEvent, type PostKind, typeOfKind } from '../event-names.ts'
import { type GeneratedFile, type TemplateContext, toText, types } from './context.ts'

/** A test, and the delivery that it sends. */
interface TestCase {
  readonly name: string
  /** The type of the event. */
  readonly type: string
  /** The source code of the body. */
  readonly body: string
}

/** The test that sends each handler a signed delivery. */
export function testFile(context: TemplateContext): GeneratedFile {
  const { options, events, importEnding, sourceEnding } = context
  const cases = events.flatMap((event) => testCases(event, options.api))
  return {
    path: `handlers.test${sourceEnding}`,
    text: toText(
      ...runnerImports(context),
      "import { buildDelivery, signedRequest } from 'x-account-activity/testing'",
      `import { createWebhookReceiver } from './receiver${importEnding}'`,
      '',
      "const consumerSecret = 'a secret for tests'",
      '',
      '/** Sends a signed delivery, as X does. Resolves to the answer, and to the events that were handled. */',
      `async function deliver(body${types(context, ': object')}, secret = consumerSecret) {`,
      '  const receiver = createWebhookReceiver({ consumerSecret })',
      `  const handled${types(context, ': string[]')} = []`,
      '  receiver.observe({',
      '    onHandler: ({ event, isHandled }) => {',
      '      if (isHandled) handled.push(event.type)',
      '    },',
      '  })',
      '  const response = await receiver.fetch(signedRequest(body, { consumerSecret: secret }))',
      '  return { status: response.status, handled }',
      '}',
      ...cases.flatMap((testCase) => testLines(context, testCase)),
      ...forgeryLines(context, cases[0]?.body ?? ''),
    ),
  }
}

function runnerImports({ options }: TemplateContext): string[] {
  switch (options.tests) {
    case 'vitest':
      return ["import { expect, test } from 'vitest'"]
    case 'jest':
      return ["import { expect, test } from '@jest/globals'"]
    case 'node':
      return ["import assert from 'node:assert/strict'", "import { test } from 'node:test'"]
  }
}

function testLines(context: TemplateContext, { name, type, body }: TestCase): string[] {
  return [
    '',
    `test('${name}', async () => {`,
    `  const body = ${body}`,
    assertEqual(context, 'await deliver(body)', `{ status: 200, handled: ['${type}'] }`),
    '})',
  ]
}

function forgeryLines(context: TemplateContext, body: string): string[] {
  return [
    '',
    "test('refuses a delivery with a wrong signature', async () => {",
    `  const body = ${body}`,
    assertEqual(context, "await deliver(body, 'another secret')", '{ status: 401, handled: [] }'),
    '})',
  ]
}

function assertEqual({ options }: TemplateContext, actual: string, expected: string): string {
  return options.tests === 'node'
    ? `  assert.deepEqual(${actual}, ${expected})`
    : `  expect(${actual}).toEqual(${expected})`
}

/** With `--api both`, each API delivers the event. */
function testCases(event: HandledEvent, api: TemplateContext['options']['api']): TestCase[] {
  if (api !== 'both') {
    return [{ name: `handles ${event.name}`, type: event.key, body: bodyOf(event.key, event.postKind) }]
  }
  return (['account-activity', 'activity'] as const).map((family) => {
    const type = typeOfKind(event.key, family) ?? event.key
    const name = family === 'activity' ? 'X Activity API' : 'Account Activity API'
    return {
      name: `handles ${event.name}, from the ${name}`,
      type,
      body: bodyOf(type, type === 'tweet_create' ? (event.key as PostKind) : undefined),
    }
  })
}

/** The call that builds the body of a delivery. */
function bodyOf(type: string, postKind?: PostKind): string {
  return postKind === undefined
    ? `buildDelivery('${type}')`
    : `buildDelivery('${type}', {}, { variant: '${postKind}' })`
}
