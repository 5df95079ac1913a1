import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRequest, checkResponse } from './check-exchange.ts'
import { type Description, readDescription } from './description.ts'
import type { Exchange } from './exchange.ts'

const problemRef = { $ref: '#/components/schemas/Problem' }
const responses = {
  200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Jar' } } } },
  default: { content: { 'application/problem+json': { schema: problemRef } } },
}

/** The description of an API that does not exist. */
const exampleApi = {
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
    paths: { '/2/lists': { get: { security: [{ UserToken: [] }], responses } } },
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
  await writeFile(path, JSON.stringify(exampleApi))
  description = await readDescription(path)
})
afterAll(() => rm(folder, { recursive: true }))

const json = (value: unknown) => ({ type: 'application/json', text: JSON.stringify(value) })
const problem = (value: unknown) => ({ ...json(value), type: 'application/problem+json' })
const fine: Exchange = {
  scenario: '',
  isFromClient: true,
  method: 'PUT',
  path: '/2/jars/7',
  query: new URLSearchParams(),
  scheme: 'BearerToken',
  sent: json({ jam: 'plum' }),
  status: 200,
  received: json({ jam: 'plum' }),
}

describe('a request', () => {
  it.each<[string, Partial<Exchange>, string[]]>([
    ['as described', {}, []],
    ['with a parameter', { query: new URLSearchParams('lid=on') }, []],
    [
      'as described in an earlier version',
      { method: 'GET', path: '/2/lists', scheme: 'UserToken', sent: undefined },
      [],
    ],
    ['to an unknown path', { path: '/2/jars/7/8' }, ['is not an operation']],
    ['with an unknown method', { method: 'POST' }, ['is not an operation']],
    ['without credentials', { scheme: undefined }, ['has no authentication']],
    ['with other credentials', { scheme: 'UserToken' }, ['is authenticated by UserToken']],
    ['with a wrong id', { path: '/2/jars/x' }, ['id: / must match pattern "^[0-9]+$"']],
    ['with an unknown parameter', { query: new URLSearchParams('size=1') }, ['has size']],
    [
      'with a wrong parameter',
      { query: new URLSearchParams('lid=ajar') },
      ['lid: / must be equal to one of the allowed values'],
    ],
    ['without a body', { sent: undefined }, ['lacks a body']],
    ['with an invalid body', { sent: json({}) }, ["/ must have required property 'jam'"]],
    ['with text', { sent: { type: 'text/plain', text: 'plum' } }, ['is text/plain instead of application/json']],
    ['with truncated JSON', { sent: { type: 'application/json', text: '{' } }, ['is not JSON']],
    ['with an unexpected body', { method: 'GET', path: '/2/lists', scheme: 'UserToken' }, ['has a body']],
  ])('%s', (_, change, issues) => {
    expect(checkRequest(description, { ...fine, ...change })).toEqual(issues)
  })
})

describe('a response', () => {
  it.each<[string, Partial<Exchange>, ReturnType<typeof checkResponse>]>([
    ['as described', {}, { issues: [] }],
    [
      'as described in an earlier version',
      { method: 'GET', path: '/2/lists', received: json({ fruit: 1 }) },
      { issues: [] },
    ],
    ['without a required field', { received: json({}) }, { issues: ["/ must have required property 'jam'"] }],
    ['with a field of another type', { received: json({ jam: 5 }) }, { issues: ['/jam must be string'] }],
    ['without a body', { received: { type: '', text: '' } }, { issues: ['has no body instead of application/json'] }],
    ['with another status', { status: 201 }, { issues: ['has status 201, which is not described'] }],
    ['with a problem', { status: 400, received: problem({ type: '/broken', where: 'lid' }) }, { issues: [] }],
    [
      'with an HTML page',
      { status: 502, received: { type: 'text/html', text: '<p>' } },
      { issues: ['is text/html instead of application/problem+json'] },
    ],
    [
      'with a problem of an earlier version',
      { status: 404, received: problem({ type: 'about:blank', title: 'x' }) },
      { issues: [], earlierProblem: 'about:blank' },
    ],
    [
      'with a problem that no version describes',
      { status: 404, received: problem({ type: 'about:blank' }) },
      { issues: ["/ must have required property 'title'"], earlierProblem: 'about:blank' },
    ],
    [
      'from an unknown path',
      { path: '/2/spoons', status: 404, received: problem({ type: 'about:blank', title: 'x' }) },
      { issues: [], earlierProblem: 'about:blank' },
    ],
  ])('%s', (_, change, expected) => {
    expect(checkResponse(description, { ...fine, ...change })).toEqual(expected)
  })

  it('with a problem of a known type must match that type', () => {
    const received = problem({ type: '/broken', title: 'x' })
    expect(checkResponse(description, { ...fine, status: 400, received }).issues).toContain(
      "/ must have required property 'where'",
    )
  })
})
