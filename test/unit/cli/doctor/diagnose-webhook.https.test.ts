import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createServer as createSocketServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type DiagnoseWebhookOptions, diagnoseWebhook } from '../../../../src/cli/doctor/diagnose-webhook.ts'
import {
  intermediateCertificate,
  rootCertificate,
  serverCertificates,
  serverKey,
} from '../../../support/certificates.ts'
import { webhookServer } from '../../../support/webhook-server.ts'
import { secret } from '../../../support/x-request.ts'

const limits = { crcMs: 2_000, deliveryMs: 2_000, tlsMs: 300, tries: 2 }

/** Starts a server, and returns its port. */
async function start(server: {
  listen: (port: number, host: string, done: () => void) => unknown
  address: () => unknown
  close: () => unknown
}): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const startHttps = (cert: string) => start(createServer({ key: serverKey, cert }, webhookServer()))

/** Examines a URL as if every address were public and every host name led to this machine. */
async function examine(url: string, options: Partial<DiagnoseWebhookOptions> = {}) {
  const { checks } = await diagnoseWebhook({
    url,
    consumerSecret: secret,
    ca: rootCertificate,
    lookUp: async () => [{ address: '127.0.0.1', family: 4 }],
    isEveryAddressPublic: true,
    limits,
    ...options,
  })
  const idsWith = (status: string) => checks.filter((check) => check.status === status).map(({ id }) => id)
  const seen = Object.fromEntries(checks.map(({ id, seen }) => [id, seen]))
  return { fails: idsWith('fail'), doubts: idsWith('doubtful'), skips: idsWith('skipped'), seen }
}

const chain = (certificate: string) => `${certificate}\n${intermediateCertificate}`

// A test server cannot listen on port 443, so the port is a fault of each.
describe('a server with https', () => {
  it('has no other fault than its port', async () => {
    const port = await startHttps(chain(serverCertificates.valid))
    const { fails, doubts, skips, seen } = await examine(`https://app.example:${port}/webhook`)
    expect({ fails, doubts, skips }).toEqual({ fails: ['port'], doubts: [], skips: [] })
    expect(seen).toMatchObject({
      https: 'https',
      port: `port ${port}`,
      dns: '127.0.0.1',
      tls_chain: expect.stringMatching(/^TLSv1\.3, app\.example ← Test Intermediate/),
      tls_expiry: expect.stringMatching(/^valid until 2069-01-01, \d+ days$/),
    })
  })

  it.each([
    ['whose chain lacks the intermediate certificate', serverCertificates.valid, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['whose certificate is self-signed', serverCertificates.selfSigned, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['whose certificate names another host', chain(serverCertificates.other), 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('%s', async (_, certificate, code) => {
    const port = await startHttps(certificate)
    const { fails, doubts, seen } = await examine(`https://app.example:${port}/webhook`)
    expect({ fails, doubts }).toEqual({ fails: ['port', 'tls_chain'], doubts: [] })
    expect(seen.tls_chain).toContain(`(${code})`)
  })

  it('whose authority is not known', async () => {
    const port = await startHttps(`${chain(serverCertificates.valid)}\n${rootCertificate}`)
    const { fails, seen } = await examine(`https://app.example:${port}/webhook`, { ca: undefined })
    expect(fails).toEqual(['port', 'tls_chain'])
    expect(seen.tls_chain).toContain('(SELF_SIGNED_CERT_IN_CHAIN)')
  })

  it('whose certificate is self-signed, on this machine', async () => {
    const port = await startHttps(serverCertificates.selfSigned)
    const { fails, skips } = await examine(`https://localhost:${port}/webhook`, { isEveryAddressPublic: false })
    expect({ fails, skips }).toEqual({ fails: ['tls_chain'], skips: ['https', 'port'] })
  })

  it('whose certificate has ended', async () => {
    const port = await startHttps(chain(serverCertificates.expired))
    const { fails, skips, seen } = await examine(`https://app.example:${port}/webhook`)
    expect({ fails, skips }).toEqual({ fails: ['port', 'tls_expiry'], skips: ['tls_chain'] })
    expect(seen.tls_expiry).toBe('ended on 2021-01-01')
  })

  it.each([
    ['2068-12-18T00:00:00Z', 'pass', 'valid until 2069-01-01, 14 days'],
    ['2068-12-18T00:00:01Z', 'doubtful', 'ends on 2069-01-01, in 13 days'],
    ['2068-12-31T23:59:59Z', 'doubtful', 'ends on 2069-01-01, in 0 days'],
    ['2069-01-01T00:00:00Z', 'fail', 'ended on 2069-01-01'],
  ])('whose certificate ends, seen at %s: %s', async (now, status, seen) => {
    const port = await startHttps(chain(serverCertificates.valid))
    const { checks } = await diagnoseWebhook({
      url: `https://localhost:${port}/webhook`,
      ca: rootCertificate,
      limits,
      now: () => Date.parse(now),
    })
    expect(checks.find(({ id }) => id === 'tls_expiry')).toMatchObject({ status, seen })
  })

  it('that does not speak TLS', async () => {
    const port = await start(createHttpServer(webhookServer()))
    const { fails, skips, seen } = await examine(`https://app.example:${port}/webhook`)
    expect(fails).toEqual(['port', 'tls_chain'])
    expect(seen.tls_chain).toMatch(/^the server does not speak TLS at this port/)
    expect(skips).toContain('crc_time')
  })

  it('that never answers the handshake', async () => {
    const port = await start(createSocketServer((socket) => socket.on('error', () => {}).resume()))
    const { fails, seen } = await examine(`https://app.example:${port}/webhook`)
    expect(fails).toEqual(['port', 'tls_chain'])
    expect(seen.tls_chain).toBe('the TLS handshake did not end within 300 ms')
  })
})

describe('the rules for public URLs', () => {
  it('want https', async () => {
    const port = await start(createHttpServer(webhookServer()))
    const { fails, skips } = await examine(`http://app.example:${port}/webhook`)
    expect(fails).toEqual(['https', 'port'])
    expect(skips).toEqual(['tls_chain', 'tls_expiry'])
  })

  it('are skipped on this machine', async () => {
    const port = await start(createHttpServer(webhookServer()))
    const { fails, skips } = await examine(`http://localhost:${port}/webhook`, { isEveryAddressPublic: false })
    expect(fails).toEqual([])
    expect(skips).toEqual(['https', 'port', 'tls_chain', 'tls_expiry'])
  })

  it('want at most 200 characters', async () => {
    const port = await start(createHttpServer(webhookServer()))
    const long = (length: number) => `http://localhost:${port}/`.padEnd(length, 'a')
    const options = { isEveryAddressPublic: false }
    expect((await examine(long(200), options)).fails).toEqual([])
    expect((await examine(long(201), options)).fails).toEqual(['url'])
  })

  it('want no fragment', async () => {
    const port = await start(createHttpServer(webhookServer()))
    const { fails } = await examine(`http://localhost:${port}/webhook#top`, { isEveryAddressPublic: false })
    expect(fails).toEqual(['url'])
  })

  it.each([':443', ':8443'])('want no port, also not %s', async (port) => {
    const { fails } = await examine(`https://app.example${port}/webhook`, { lookUp: async () => [] })
    expect(fails).toEqual(['port', 'dns'])
  })

  it.each([
    [async () => [], 'app.example: the host name has no address'],
    [
      () => Promise.reject(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' })),
      'app.example: the host name does not exist (ENOTFOUND)',
    ],
  ])('want a host name that is in the DNS', async (lookUp, expected) => {
    const { fails, skips, seen } = await examine('https://app.example/webhook', { lookUp })
    expect(fails).toEqual(['dns'])
    expect(seen.dns).toBe(expected)
    expect(skips).toContain('tls_chain')
  })

  it('want a public address', async () => {
    const { fails, seen } = await examine('https://app.example/webhook', { isEveryAddressPublic: false })
    expect(fails).toEqual(['dns'])
    expect(seen.dns).toBe('127.0.0.1: only this network reaches it')
  })
})
