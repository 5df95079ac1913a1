import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkAnswer, checkRequest } from './check-exchange.ts'
import { type Description, readDescription } from './description.ts'
import type { Exchange } from './exchange.ts'

const problemRef = { $ref: '#/components/schemas/Problem' }
const responses = {
  200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Jar' } } } },
  default: { content: { 'application/problem+json': { schema: problemRef } } },
}

/** A description of an API that nobody has: jars on a shelf. */
const madeUp = {
  openapi: '3.0.0',
  info: { version: '2' },
  paths: {
    '/2/jars/{id}': {
      put: {
        security: [{ BearerToken: [] }],
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[0-9]+$' } },
          { $ref: '#/components/parameters/Lid' },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Jar' } } },
        },
        responses,
      },
    },
  },
  components: {
    schemas: {
      Jar: { type: 'object', required: ['jam'], properties: { jam: { type: 'string' } } },
      Broken: { type: 'object', required: ['type', 'where'], properties: { type: { enum: ['/broken'] } } },
      Problem: {
        oneOf: [{ $ref: '#/components/schemas/Broken' }],
        discriminator: { propertyName: 'type', mapping: { '/broken': '#/components/schemas/Broken' } },
      },
    },
    parameters: { Lid: { name: 'lid', in: 'query', required: false, schema: { type: 'string', enum: ['on', 'off'] } } },
  },
  'x-earlier': {
    version: '1',
    paths: { '/2/shelves': { get: { security: [{ UserToken: [] }], responses } } },
    schemas: {
      Jar: { type: 'object', required: ['fruit'] },
      Problem: { type: 'object', required: ['type', 'title'], properties: { title: { type: 'string' } } },
    },
  },
}

let folder: string
let description: Description
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openapi-'))
  const path = join(folder, 'jars.json')
  await writeFile(path, JSON.stringify(madeUp))
  description = await readDescription(path)
})
afterAll(() => rm(folder, { recursive: true }))

const json = (value: unknown) => ({ type: 'application/json', text: JSON.stringify(value) })
const problem = (value: unknown) => ({ ...json(value), type: 'application/problem+json' })
const fine: Exchange = {
  story: '',
  byClient: true,
  method: 'PUT',
  path: '/2/jars/7',
  query: new URLSearchParams(),
  scheme: 'BearerToken',
  sent: json({ jam: 'plum' }),
  status: 200,
  answer: json({ jam: 'plum' }),
}

describe('a request', () => {
  it.each<[string, Partial<Exchange>, string[]]>([
    ['as it should be', {}, []],
    ['with a parameter', { query: new URLSearchParams('lid=on') }, []],
    ['of an earlier version', { method: 'GET', path: '/2/shelves', scheme: 'UserToken', sent: undefined }, []],
    ['to nowhere', { path: '/2/jars/7/8' }, ['is no operation']],
    ['with a method that is not there', { method: 'POST' }, ['is no operation']],
    ['without credentials', { scheme: undefined }, ['is authenticated by nothing']],
    ['with other credentials', { scheme: 'UserToken' }, ['is authenticated by UserToken']],
    ['with a wrong id', { path: '/2/jars/x' }, ['id: / must match pattern "^[0-9]+$"']],
    ['with an unknown parameter', { query: new URLSearchParams('size=1') }, ['has size']],
    [
      'with a wrong parameter',
      { query: new URLSearchParams('lid=ajar') },
      ['lid: / must be equal to one of the allowed values'],
    ],
    ['without a body', { sent: undefined }, ['lacks a body']],
    ['with another body', { sent: json({}) }, ["/ must have required property 'jam'"]],
    ['with text', { sent: { type: 'text/plain', text: 'plum' } }, ['is text/plain instead of application/json']],
    ['with half a body', { sent: { type: 'application/json', text: '{' } }, ['is not JSON']],
    ['with a body where none is', { method: 'GET', path: '/2/shelves', scheme: 'UserToken' }, ['has a body']],
  ])('%s', (_, change, faults) => {
    expect(checkRequest(description, { ...fine, ...change })).toEqual(faults)
  })
})

describe('an answer', () => {
  it.each<[string, Partial<Exchange>, ReturnType<typeof checkAnswer>]>([
    ['as it should be', {}, { faults: [] }],
    ['of an earlier version', { method: 'GET', path: '/2/shelves', answer: json({ fruit: 1 }) }, { faults: [] }],
    ['that lacks something', { answer: json({}) }, { faults: ["/ must have required property 'jam'"] }],
    ['of another type', { answer: json({ jam: 5 }) }, { faults: ['/jam must be string'] }],
    ['that is empty', { answer: { type: '', text: '' } }, { faults: ['is nothing instead of application/json'] }],
    ['with another status', { status: 201 }, { faults: ['has status 201, which is not described'] }],
    ['that is a problem', { status: 400, answer: problem({ type: '/broken', where: 'lid' }) }, { faults: [] }],
    [
      'that is a page',
      { status: 502, answer: { type: 'text/html', text: '<p>' } },
      { faults: ['is text/html instead of application/problem+json'] },
    ],
    [
      'that is a problem of an earlier version',
      { status: 404, answer: problem({ type: 'about:blank', title: 'x' }) },
      { faults: [], earlierProblem: 'about:blank' },
    ],
    [
      'that is a problem of no version',
      { status: 404, answer: problem({ type: 'about:blank' }) },
      { faults: ["/ must have required property 'title'"], earlierProblem: 'about:blank' },
    ],
    [
      'from a path that is not there',
      { path: '/2/spoons', status: 404, answer: problem({ type: 'about:blank', title: 'x' }) },
      { faults: [], earlierProblem: 'about:blank' },
    ],
  ])('%s', (_, change, verdict) => {
    expect(checkAnswer(description, { ...fine, ...change })).toEqual(verdict)
  })

  it('that is a problem of a type that is known must be one of those', () => {
    const answer = problem({ type: '/broken', title: 'x' })
    expect(checkAnswer(description, { ...fine, status: 400, answer }).faults).toContain(
      "/ must have required property 'where'",
    )
  })
})
