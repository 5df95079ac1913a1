import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { subpaths } from './consumers.ts'
import type { Report } from './report.ts'

interface Ceiling {
  /** What a program imports: all of an entry point, or some names of it. */
  readonly code: string
  /** The limit in bytes, minified and gzipped, with our dependencies. */
  readonly max: number
  /** Packages that must not be in the bundle. */
  readonly without?: readonly string[]
  /** Whether the bundle is for Node.js, which has the `node:` modules. */
  readonly node?: boolean
  /** Optional peers. They are not counted, because the program has them anyway. */
  readonly peers?: readonly string[]
}

/** Each ceiling is about 15 % above the measured size. If you raise one, write the reason beside it. */
const ceilings: readonly Ceiling[] = [
  // Nearly half of it is ky and zod. Raised from 46,000: version 1.1, recovery (7,000), hooks.
  // OAuth 2.0 with PKCE, limits of the receiver for stores and secrets, and of the client for responses came in.
  // Raised from 70,000: the probe of a webhook URL, errors beside data, `await using`.
  // The X Activity API and the filtered stream came in: 12 calls, and a stream that is kept open.
  // Recovery for several processes (5,500), and moving a webhook (1,500).
  { code: "export * from 'x-account-activity'", max: 108_000 },
  // Options per call, limits of responses, causes of failures, and the newer replay path came in.
  // The X Activity API and the filtered stream came in. Most of that is the parser of deliveries, which the stream needs.
  // `import()` of the parser would leave 38,300 for bundlers that split code, but add 1,300 for all others.
  { code: "export { createClient } from 'x-account-activity'", max: 63_000 },
  // The root costs no more than /webhook.
  {
    code: "export { answerCrc, verifySignature } from 'x-account-activity'",
    max: 5_000,
    without: ['ky', 'zod', 'oauth-1.0a'],
  },
  // createBearerToken sends a request and checks the response. A program that only signs does not contain that.
  // OAuth 2.0 with PKCE came in: a call is sent for each exchange, refresh and revocation.
  // Raised from 36,000: errors beside data, and the id of the request on every error.
  // The reasons and hints of more calls came in, and reports of streams.
  { code: "export * from 'x-account-activity/auth'", max: 39_000 },
  // Raised from 700: base64 is decoded piece by piece.
  { code: "export * from 'x-account-activity/aws-lambda'", max: 880, without: ['ky', 'zod', 'oauth-1.0a'] },
  { code: "export { signOAuth1 } from 'x-account-activity/auth'", max: 6_600, without: ['ky', 'zod'] },
  // Raised from 21,000: version 1.1, the pages of X, time, faults, saved states, the control API. From 43,000: the X Activity
  // API, its stream, and the filtered stream with its rules. From 61,000: posts, messages, likes and follows of apps, lookups,
  // and sign-in with OAuth 2.0 (8,000).
  { code: "export * from 'x-account-activity/emulator'", max: 74_000, without: ['ky', 'oauth-1.0a'] },
  // Raised from 940: states in files, and a limit for the body of a request. From 1,400: the list of hosts. From 2,600: proxies.
  { code: "export * from 'x-account-activity/emulator/node'", max: 2_900, node: true, without: ['ky', 'oauth-1.0a'] },
  {
    code: "export * from 'x-account-activity/errors'",
    max: 1_900,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  { code: "export * from 'x-account-activity/fastify'", max: 920, without: ['ky', 'zod', 'oauth-1.0a'] },
  { code: "export * from 'x-account-activity/koa'", max: 840, without: ['ky', 'zod', 'oauth-1.0a'] },
  // A third of it is zod. The HMAC is for event ids.
  // Raised from 15,500: the events of the X Activity API and of filtered streams, and activities (2,600).
  { code: "export * from 'x-account-activity/events'", max: 24_000, without: ['ky', 'oauth-1.0a'] },
  // Most of it reads bodies, several times as fast as the iterator of Node.js.
  { code: "export * from 'x-account-activity/node'", max: 880, node: true, without: ['ky', 'zod', 'oauth-1.0a'] },
  // Most of it is the API of OpenTelemetry, which a program that uses it has anyway.
  {
    code: "export * from 'x-account-activity/opentelemetry'",
    max: 4_800,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  // A third of it is zod and the HMAC. The rest is deadlines, the inbox, closing and hooks.
  // constructDelivery, dispatch, limits for stores and secrets came in.
  // Raised from 27,000: the events of the X Activity API and of filtered streams, `onActivity` (3,000), observers, and
  // what keeps an inbox safe when its store fails.
  { code: "export * from 'x-account-activity/receiver'", max: 40_000, without: ['ky', 'oauth-1.0a'] },
  {
    // It exports everything of /sync, which came to probe the URL of a webhook, and to plan activity subscriptions.
    // Raised from 13,500: several processes with a lease, outages of four more kinds, the status, and moving a webhook.
    code: "export * from 'x-account-activity/recovery'",
    max: 22_000,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    // Raised from 570: a file that is broken is kept.
    code: "export * from 'x-account-activity/recovery/node'",
    max: 1_080,
    node: true,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    code: "export * from 'x-account-activity/replay'",
    max: 2_000,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  // Raised from 2,700: the client of BullMQ 5. From 3,100: items without a handler, and closing as a crash does.
  // From 3,900: leases, and attempts that a crash ended.
  {
    code: "export * from 'x-account-activity/stores/bullmq'",
    max: 4_900,
    node: true,
    peers: ['bullmq'],
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    // A third of it is SQL.
    code: "export * from 'x-account-activity/stores/postgres'",
    max: 9_200,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes', 'pg', 'postgres'],
  },
  {
    // Raised from 980: the recovery store. From 1,250: leases.
    code: "export * from 'x-account-activity/stores/redis'",
    max: 1_500,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes', 'redis', 'ioredis'],
  },
  // Raised from 5,000: waiting for a locked file, a table for bodies, items without a handler, the keys of activities.
  // From 7,900: the recovery store, and leases.
  {
    code: "export * from 'x-account-activity/stores/sqlite'",
    max: 9_000,
    node: true,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    code: "export * from 'x-account-activity/stream'",
    max: 1_200,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    // Limits without headers, caps, the order in which a webhook is replaced, and the probe of its URL came in. Then
    // activity subscriptions. Raised from 8,900: the brake of pruning, and moving a webhook.
    code: "export * from 'x-account-activity/sync'",
    max: 11_900,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  // Raised from 6,700: the bodies of all events (12,000), and the parser that a context of a handler needs (18,000).
  { code: "export * from 'x-account-activity/testing'", max: 42_000, without: ['ky', 'oauth-1.0a'] },
  {
    code: "export { buildDelivery } from 'x-account-activity/testing'",
    max: 14_000,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  // Raised from 4,800: the cases for a crash, for a clock that is set back, and for the keys of activities.
  {
    code: "export { dedupeStoreContract, inboxContract } from 'x-account-activity/testing'",
    max: 7_500,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  { code: "export * from 'x-account-activity/testing/msw'", max: 980, peers: ['msw'], without: ['ky', 'zod'] },
  // Nearly all of it is the HMAC of @noble/hashes. Node.js, Bun and Deno have their own.
  { code: "export * from 'x-account-activity/webhook'", max: 4_400, without: ['ky', 'zod', 'oauth-1.0a'] },
  {
    code: "export * from 'x-account-activity/webhook'",
    max: 1_500,
    node: true,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
]

/** Bundles each entry point for browsers, or for Node.js if it needs Node.js, and measures the bundle. */
export async function checkSizes(report: Report, consumer: string): Promise<void> {
  report.section('Bundles for browsers, or for Node.js if so marked, minified and gzipped')
  await report.check('each entry point has a ceiling', () => {
    const weighed = ceilings.map(({ code }) => /^export \* from '(.*)'$/.exec(code)?.[1])
    assert.deepEqual(
      subpaths.filter((subpath) => !weighed.includes(subpath)),
      [],
    )
  })
  for (const ceiling of ceilings) {
    const name = ceiling.node ? `${ceiling.code} (Node)` : ceiling.code
    await report.check(name, () => checkSize(ceiling, consumer))
  }
}

async function checkSize(ceiling: Ceiling, consumer: string): Promise<string> {
  const { max, without = [] } = ceiling
  const { bytes, packages } = await weigh(ceiling, consumer)
  const unwanted = packages.filter((name) => without.includes(name))
  assert.equal(unwanted.length, 0, `holds ${unwanted.join(' and ')}`)
  assert.ok(bytes <= max, `${bytes} bytes, ${bytes - max} too many`)
  assert.ok(bytes >= max * 0.6, `${bytes} bytes: lower the ceiling of ${max}`)
  return `${bytes} of ${max} bytes, with ${packages.join(', ') || 'no dependency'}`
}

async function weigh(
  { code, node = false, peers = [] }: Ceiling,
  consumer: string,
): Promise<{ bytes: number; packages: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: consumer },
    bundle: true,
    minify: true,
    format: 'esm',
    // For browsers, esbuild fails on an import of a `node:` module.
    platform: node ? 'node' : 'browser',
    target: 'es2023',
    external: [...peers],
    write: false,
    metafile: true,
    logLevel: 'silent',
  })
  const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0)
  const kept = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  )
  return { bytes, packages: [...new Set(kept.flatMap(packageIn))].sort() }
}

function packageIn(path: string): string[] {
  const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
  return name === undefined || name === 'x-account-activity' ? [] : [name]
}
