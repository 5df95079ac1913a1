import { readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createMemoryRecoveryStore, type RecoveryStore, StateLostError } from 'x-account-activity/recovery'
import { createFileRecoveryStore } from 'x-account-activity/recovery/node'
import { formatSteps, noon, RecoveryWorld, webhookId, windowsOf } from '../../support/recovery-world.ts'
import { tempFolder } from '../../support/temp-folder.ts'

describe('the store of a recovery', () => {
  it('that is lost costs a replay of everything that X still keeps', async () => {
    const world = new RecoveryWorld()
    const error = new StateLostError('The values are lost.')
    let isLost = true
    const memory = createMemoryRecoveryStore()
    const store: RecoveryStore = {
      ...memory,
      get: (key) => {
        if (isLost) throw error
        return memory.get(key)
      },
      compareAndSet: (key, before, after) => {
        isLost = false
        return memory.compareAndSet?.(key, before, after) ?? false
      },
    }
    world.start({ store })
    await world.time.pass(60)
    expect(world.errors).toEqual([error])
    const [outage] = world.steps
    expect(outage).toMatchObject({
      type: 'outage',
      cause: 'state_lost',
      from: new Date(noon - 24 * 3_600_000 + 180_000),
      to: new Date(noon),
    })
    // The margin before the outage is older than X keeps.
    expect(windowsOf(world)[0]).toBe('12:01-13:53')
    expect(windowsOf(world).at(-1)).toMatch(/-12:01$/)
    expect(formatSteps(world.steps).at(-1)).toContain('done')
    expect(world.steps.filter(({ type }) => type === 'lost')).toEqual([])
  })

  it.each(['', 'garbage', '[["1146654567674912769", {"version": 2, "ali'])(
    'in a file that is broken is kept beside the new one, and the error names it: %j',
    async (text) => {
      const path = join(tempFolder(), 'recovery.json')
      await writeFile(path, text)
      const world = new RecoveryWorld()
      world.start({ store: createFileRecoveryStore({ path }), heartbeatMs: 50_000, gapMs: 10 * 60_000 })
      // A file needs real time.
      await expect.poll(() => world.errors.length).toBe(1)
      expect(world.errors).toMatchObject([{ name: 'StateLostError', message: expect.stringContaining(path) }])
      expect(formatSteps(world.steps)[0]).toMatch(/^outage .* state_lost$/)
      // A write goes to another file first.
      const names = (await readdir(dirname(path))).filter((name) => !name.endsWith('.draft'))
      expect(names.sort()).toEqual(['recovery.json', expect.stringMatching(/^recovery\.json\.broken-/)])
      expect(await createFileRecoveryStore({ path }).get(webhookId)).toMatchObject({ version: 2 })
      world.kill()
    },
  )

  it('that hangs is reported, and used again when it answers', async () => {
    const world = new RecoveryWorld()
    const memory = createMemoryRecoveryStore()
    let hangs = false
    const store: RecoveryStore = {
      ...memory,
      get: (key) => (hangs ? new Promise(() => {}) : memory.get(key)),
    }
    world.start({ store, storeTimeoutMs: 5000 })
    await world.time.pass(5)
    hangs = true
    await world.time.pass(10)
    expect(world.errors[0]).toEqual(
      new Error(
        'The recovery store did not answer "get" within 5000 ms. Check whether it can be reached, or set "storeTimeoutMs" to a longer time.',
      ),
    )
    hangs = false
    await world.time.pass(60)
    // Nothing is known about the time without the store.
    expect(formatSteps(world.steps)[0]).toMatch(/^outage 12:05-12:15(:\d\d)? no_heartbeat$/)
    expect(formatSteps(world.steps).at(-1)).toContain('done')
  })

  it('may have the state of version 1', async () => {
    const world = new RecoveryWorld()
    const from = noon - 3_600_000
    await world.store.set(webhookId, {
      version: 1,
      aliveAt: noon,
      outages: [{ from, to: noon }],
      pieces: [{ from, to: noon, attempts: 1 }],
    })
    expect(formatSteps(await world.run()).at(-1)).toBe('done 60/60')
    expect(windowsOf(world)).toEqual(['11:00-12:00'])
    expect(await world.store.get(webhookId)).toMatchObject({ version: 2 })
  })
})

describe('status()', () => {
  it('is a plain object, empty before the first run', async () => {
    const world = new RecoveryWorld()
    expect(world.recovery.status()).toEqual({
      isHealthy: true,
      isLeader: false,
      outages: [],
      pendingMinutes: 0,
      processes: [],
    })
    await world.time.pass(180)
    world.start()
    await world.recovery.report({ from: new Date(noon), to: new Date(noon + 60_000) })
    await world.time.pass(1)
    const status = world.recovery.status()
    expect(JSON.parse(JSON.stringify(status))).toEqual(status)
    expect(status).toEqual({
      isHealthy: false,
      isLeader: true,
      aliveAt: '2026-11-21T15:01:00.000Z',
      outages: [{ from: '2026-11-21T12:00:00.000Z', to: '2026-11-21T12:01:00.000Z' }],
      pendingMinutes: 12,
      job: { jobId: '1', from: '2026-11-21T11:50:00.000Z', to: '2026-11-21T12:02:00.000Z' },
      processes: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          role: 'receiver',
          aliveAt: '2026-11-21T15:01:00.000Z',
          isLeader: true,
        },
      ],
    })
    await world.time.pass(10)
    expect(world.recovery.status()).toMatchObject({ isHealthy: true, pendingMinutes: 0, reachedAt: expect.any(String) })
  })

  it('has the time since which X cannot reach the webhook', async () => {
    const world = new RecoveryWorld()
    world.webhook = { id: webhookId, url: 'https://example.com/x', valid: false }
    world.onValidate = () => {}
    world.start()
    await world.time.pass(1)
    expect(world.recovery.status()).toMatchObject({ isHealthy: false, unreachableSince: '2026-11-21T12:00:00.000Z' })
  })
})
