import { describe, expect, it, vi } from 'vitest'
import { createReceiver } from 'x-account-activity'
import { createEmulator } from 'x-account-activity/emulator'
import { serveEmulator } from 'x-account-activity/emulator/node'
import { watchWebhook } from 'x-account-activity/sync'
import { withAsyncDispose } from '../../../src/internal/async-dispose.ts'
import { AppWebhooks, url } from '../../support/app-webhooks.ts'
import { noon, RecoveryWorld } from '../../support/recovery-world.ts'
import { deliveryRequest, followBody } from '../../support/x-request.ts'

describe('withAsyncDispose', () => {
  it('calls the function at the end of the block, and waits for it', async () => {
    const steps: string[] = []
    const dispose = async () => {
      await Promise.resolve()
      steps.push('disposed')
    }
    {
      await using target = withAsyncDispose({ name: 'target' }, dispose)
      steps.push(target.name)
    }
    steps.push('after')
    expect(steps).toEqual(['target', 'disposed', 'after'])
  })

  it('calls the function when the block throws', async () => {
    const dispose = vi.fn(async () => {})
    const run = async () => {
      await using target = withAsyncDispose(() => 'called', dispose)
      throw new Error(target())
    }
    await expect(run()).rejects.toThrow('called')
    expect(dispose).toHaveBeenCalledOnce()
  })
})

describe('await using', () => {
  it('closes a receiver', async () => {
    const receiver = createReceiver({ consumerSecret: 'consumer-secret' })
    const deliver = async () => (await receiver.fetch(deliveryRequest(followBody({ at: 0 })))).status
    {
      await using same = receiver
      expect(same).toBe(receiver)
      expect(await deliver()).toBe(200)
    }
    expect(await deliver()).toBe(503)
  })

  it('closes a recovery, with the runs in progress', async () => {
    const world = new RecoveryWorld()
    {
      await using recovery = world.recovery
      recovery.start()
      await world.time.settle()
    }
    const calls = world.calls.length
    await world.time.pass(60)
    expect(world.calls).toHaveLength(calls)
    expect(world.time.now()).toBe(noon + 3_600_000)
  })

  it('stops a watcher', async () => {
    const x = new AppWebhooks()
    const { id } = x.add(url)
    const signals: (AbortSignal | undefined)[] = []
    const sleep = (_: number, signal?: AbortSignal) => {
      signals.push(signal)
      return new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))
    }
    {
      await using watcher = watchWebhook(x.client, { webhookId: id, sleep })
      expect(watcher).toBeTypeOf('function')
      await vi.waitFor(() => expect(signals).toHaveLength(1))
    }
    expect(signals.map((signal) => signal?.aborted)).toEqual([true])
    expect(x.calls).toEqual(['list'])
  })

  it('closes the server of an emulator', async () => {
    let served = ''
    {
      await using server = await serveEmulator(createEmulator())
      served = `${server.url}/emulator`
      expect((await fetch(served)).status).toBe(200)
    }
    await expect(fetch(served)).rejects.toThrow(TypeError)
  })
})
