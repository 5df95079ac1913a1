import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { subpaths } from './consumers.ts'
import type { Report } from './report.ts'

interface Ceiling {
  /** What a program imports: a whole door, or one name of it. */
  readonly code: string
  /** Bytes, minified and gzipped, our dependencies included. */
  readonly max: number
  /** Packages that have no business in there. */
  readonly without?: readonly string[]
  /** Bundled for Node, where `node:*` stays outside. */
  readonly node?: boolean
  /** Optional peers, which a program has anyway: they are not weighed. */
  readonly peers?: readonly string[]
}

/** A ceiling is about 15 % above what was measured; whoever raises one says why beside it. */
const ceilings: readonly Ceiling[] = [
  // ky and zod are nearly half of it. Raised from 46,000: version 1.1, recovery (7,000), hooks.
  { code: "export * from 'x-account-activity'", max: 62_000 },
  { code: "export { createClient } from 'x-account-activity'", max: 35_000 },
  // The front door costs no more than the room behind it.
  {
    code: "export { answerCrc, verifySignature } from 'x-account-activity'",
    max: 5_000,
    without: ['ky', 'zod', 'oauth-1.0a'],
  },
  // createBearerToken sends and checks an answer; whoever only signs pays nothing for that.
  { code: "export * from 'x-account-activity/auth'", max: 29_000 },
  { code: "export * from 'x-account-activity/aws-lambda'", max: 700, without: ['ky', 'zod', 'oauth-1.0a'] },
  { code: "export { signOAuth1 } from 'x-account-activity/auth'", max: 6_600, without: ['ky', 'zod'] },
  // Raised from 21,000: version 1.1, the pages of X, time, faults, saved states, the control API.
  { code: "export * from 'x-account-activity/emulator'", max: 43_000, without: ['ky', 'oauth-1.0a'] },
  // Raised from 940: states in files, and a limit to what is read.
  { code: "export * from 'x-account-activity/emulator/node'", max: 1_400, node: true, without: ['ky', 'oauth-1.0a'] },
  {
    code: "export * from 'x-account-activity/errors'",
    max: 1_900,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  { code: "export * from 'x-account-activity/fastify'", max: 920, without: ['ky', 'zod', 'oauth-1.0a'] },
  { code: "export * from 'x-account-activity/koa'", max: 840, without: ['ky', 'zod', 'oauth-1.0a'] },
  // Half of it is zod; the HMAC makes event ids.
  { code: "export * from 'x-account-activity/events'", max: 15_500, without: ['ky', 'oauth-1.0a'] },
  // Most of it reads bodies: what is here as a whole at once, the rest several times as fast as the iterator of Node.js.
  { code: "export * from 'x-account-activity/node'", max: 880, node: true, without: ['ky', 'zod', 'oauth-1.0a'] },
  // The API of OpenTelemetry is most of it, and is there already where it is used.
  {
    code: "export * from 'x-account-activity/opentelemetry'",
    max: 4_800,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  // Half of it is zod and the HMAC; then deadlines, the inbox, draining and hooks.
  { code: "export * from 'x-account-activity/receiver'", max: 23_600, without: ['ky', 'oauth-1.0a'] },
  {
    code: "export * from 'x-account-activity/recovery'",
    max: 9_900,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    code: "export * from 'x-account-activity/recovery/node'",
    max: 570,
    node: true,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    code: "export * from 'x-account-activity/replay'",
    max: 2_000,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  // Raised from 2,700: the client of BullMQ 5.
  {
    code: "export * from 'x-account-activity/stores/bullmq'",
    max: 3_100,
    node: true,
    peers: ['bullmq'],
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    code: "export * from 'x-account-activity/stores/redis'",
    max: 980,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes', 'redis', 'ioredis'],
  },
  {
    code: "export * from 'x-account-activity/stores/sqlite'",
    max: 5_000,
    node: true,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    code: "export * from 'x-account-activity/sync'",
    max: 4_300,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  {
    code: "export * from 'x-account-activity/testing'",
    max: 4_800,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
  { code: "export * from 'x-account-activity/testing/msw'", max: 980, peers: ['msw'], without: ['ky', 'zod'] },
  // Nearly all of it is the HMAC of @noble/hashes, which Node, Bun and Deno have built in.
  { code: "export * from 'x-account-activity/webhook'", max: 4_400, without: ['ky', 'zod', 'oauth-1.0a'] },
  {
    code: "export * from 'x-account-activity/webhook'",
    max: 1_500,
    node: true,
    without: ['ky', 'zod', 'oauth-1.0a', '@noble/hashes'],
  },
]

/** Bundles each door for the browser (the Node doors for Node), and weighs it. */
export async function checkSizes(report: Report, consumer: string): Promise<void> {
  report.section('Bundles for the browser, or for Node where it says so, minified and gzipped')
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
  assert.ok(bytes >= max * 0.6, `${bytes} bytes, so the ceiling of ${max} says nothing: lower it`)
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
    // In a browser bundle esbuild refuses `node:*`: that it builds at all proves that none is there.
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
