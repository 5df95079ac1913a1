import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkRequest, checkResponse } from './check-exchange.ts'
import { type Description, readDescriptions } from './description.ts'
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

/** An excerpt of a newer version, without earlier operations. */
const newerApi = {
  openapi: '3.0.0',
  info: { version: '3' },
  paths: {
    '/2/jars/{id}': { put: { ...exampleApi.paths['/2/jars/{id}'].put, security: [{ UserToken: [] }] } },
    '/2/jars': {
      delete: {
        security: [{ BearerToken: [] }],
        parameters: [
          {
            name: 'ids',
            in: 'query',
            required: true,
            schema: { type: 'array', maxItems: 2, items: { type: 'string', pattern: '^[0-9]+$' } },
          },
          { name: 'max', in: 'query', required: false, schema: { type: 'integer', maximum: 9 } },
          { name: 'dry', in: 'query', required: false, schema: { type: 'boolean' } },
        ],
        responses,
      },
    },
  },
  components: exampleApi.components,
  'x-earlier': { version: '2', schemas: {} },
}

let folder: string
let description: Description
let both: Description
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openapi-'))
  const path = join(folder, 'jars.json')
  await writeFile(path, JSON.stringify(exampleApi))
  description = await readDescriptions(path)
  const newer = join(folder, 'newer.json')
  await writeFile(newer, JSON.stringify(newerApi))
  both = await readDescriptions(path, newer)
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
    [
      'with a problem of an earlier version beside its data',
      { received: json({ jam: 'plum', errors: [{ type: '/stale', title: 'x' }] }) },
      { issues: [], earlierProblem: '/stale' },
    ],
    [
      'with an invalid problem of an earlier version beside its data',
      { received: json({ errors: [{ type: '/stale' }] }) },
      {
        issues: ["/ must have required property 'jam'", "/ must have required property 'title'"],
        earlierProblem: '/stale',
      },
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

describe('two descriptions', () => {
  const deletion: Exchange = { ...fine, method: 'DELETE', path: '/2/jars', sent: undefined }

  it('have the operations of both, and the last one describes an operation that both have', () => {
    expect(checkRequest(both, fine)).toEqual(['is authenticated by BearerToken'])
    expect(
      checkRequest(both, { ...fine, method: 'GET', path: '/2/lists', scheme: 'UserToken', sent: undefined }),
    ).toEqual([])
    expect(checkRequest(description, deletion)).toEqual(['is not an operation'])
  })

  it.each<[string, string[]]>([
    ['ids=1,2&max=9', []],
    ['ids=1&dry=true', []],
    ['ids=1&dry=false', []],
    ['ids=1&dry=yes', ['dry: / must be boolean']],
    ['ids=1,2,3', ['ids: / must NOT have more than 2 items']],
    ['ids=1,x', ['ids: /1 must match pattern "^[0-9]+$"']],
    ['ids=1&max=10', ['max: / must be <= 9']],
    ['ids=1&max=2.5', ['max: / must be integer']],
  ])('check lists, numbers and booleans in a query: %s', (query, issues) => {
    expect(checkRequest(both, { ...deletion, query: new URLSearchParams(query) })).toEqual(issues)
  })
})
