import type { Script } from './x-api.ts'

// Bodies and arguments that the tests of several endpoints share.

export const id = '1146654567674912769'
export const userId = '2244994945'
export const wireWebhook = { id, url: 'https://example.com/hook', valid: true, created_at: '2025-12-07T17:00:01.000Z' }
export const webhook = {
  id,
  url: 'https://example.com/hook',
  valid: true,
  createdAt: new Date(Date.UTC(2025, 11, 7, 17, 0, 1)),
}
export const wireJob = { job_id: '1095098195724558337', created_at: '2026-11-21T12:00:05.000Z' }
export const job = { jobId: '1095098195724558337', createdAt: new Date(Date.UTC(2026, 10, 21, 12, 0, 5)) }

/** A 204. */
export const empty: Script = { status: 204 }
/** A 200 from a server between the client and X. */
export const htmlPage: Script = { text: '<html><title>Welcome</title></html>' }

type ErrorClass = typeof TypeError | typeof RangeError

/** Values that are not ids, and the class of the error for each. */
export const invalidIds: readonly (readonly [string, unknown, ErrorClass])[] = [
  ['undefined', undefined, TypeError],
  ['null', null, TypeError],
  ['a number', 42, TypeError],
  ['an object', { toString: () => id }, TypeError],
  ['an array', [id], TypeError],
  ['an empty string', '', RangeError],
  ['20 digits', '12345678901234567890', RangeError],
  ['a path', '../subscriptions', RangeError],
  ['a prototype key', '__proto__', RangeError],
  ['leading white space', ` ${id}`, RangeError],
  ['a line break', `${id}\n`, RangeError],
  ['a negative number', '-1', RangeError],
  ['digits of another script', '١٢٣', RangeError],
]

/** Values that are not the URL of a webhook, and the class of the error for each. */
export const invalidUrls: readonly (readonly [string, unknown, ErrorClass])[] = [
  ['undefined', undefined, TypeError],
  ['an object', {}, TypeError],
  ['an empty string', '', RangeError],
  ['a path', '/hook', RangeError],
  ['another scheme', 'ftp://example.com/hook', RangeError],
  ['a script', 'javascript:alert(1)', RangeError],
  ['no host', 'https:///hook', RangeError],
  ['white space around it', ' https://example.com/hook ', RangeError],
  ['201 characters', `https://example.com/${'h'.repeat(181)}`, RangeError],
]

/** Values that are not options of a call. */
export const invalidOptions: readonly (readonly [string, unknown])[] = [
  ['options that are null', null],
  ['options that are a string', 'signal'],
  ['a controller instead of its signal', { signal: new AbortController() }],
  ['a signal that is a string', { signal: 'abort' }],
  ['a signal that is null', { signal: null }],
]
