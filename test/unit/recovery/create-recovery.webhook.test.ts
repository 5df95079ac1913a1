import { describe, expect, it } from 'vitest'
import { TransportError } from 'x-account-activity'
import {
  afterOutage,
  failedValidation,
  formatSteps,
  RecoveryWorld,
  refusal,
  webhookId,
  windowsOf,
} from '../../support/recovery-world.ts'

describe('a recovery checks the webhook', () => {
  it('has X validate an invalid webhook first, and replays what it missed', async () => {
    const world = new RecoveryWorld()
    world.start()
    await world.time.pass(10)
    await world.jobEnds('5', 'Complete')
    await world.time.pass(20)
    world.webhook = { id: webhookId, url: 'https://example.com/x', valid: false }
    world.calls.length = 0
    await world.time.pass(60)
    expect(world.calls.slice(0, 3)).toEqual(['list', 'validate', 'list'])
    // The last delivery came at 12:10.
    expect(formatSteps(world.steps).slice(0, 2)).toEqual(['outage 12:10-12:35 webhook_invalid', 'webhook valid'])
    expect(windowsOf(world)).toEqual(['12:00-12:36'])
  })

  it('has X validate the webhook repeatedly until X can reach it', async () => {
    const world = await afterOutage(60)
    world.webhook = { id: webhookId, url: 'https://example.com/x', valid: false }
    const validate = world.onValidate
    let tries = 0
    world.onValidate = () => {
      tries += 1
      if (tries < 3) throw failedValidation()
      validate()
    }
    const steps = await world.run()
    expect(formatSteps(steps).slice(0, 6)).toEqual([
      'outage 12:00-13:00 process_start',
      'webhook invalid',
      'waiting webhook_invalid 13:01',
      'webhook invalid',
      'waiting webhook_invalid 13:03',
      'outage 13:00-13:03 webhook_invalid',
    ])
    expect(steps.find(({ type }) => type === 'webhook')).toMatchObject({ error: { reason: 'CrcValidationFailed' } })
    expect(windowsOf(world)).toEqual(['11:50-13:01', '13:01-13:04'])
  })

  it('waits when X cannot reach the webhook before a job, and replays that time too', async () => {
    const world = await afterOutage(60)
    world.onReplay = ({ jobId }) => {
      if (jobId === '1') throw refusal('CrcValidationFailed')
      return 'Complete'
    }
    let isDown = true
    world.onValidate = () => {
      if (isDown) throw failedValidation()
    }
    const run = world.begin()
    await world.time.pass(15)
    isDown = false
    await world.finish(run)
    expect(formatSteps(world.steps)).toContain('outage 13:12-13:19 webhook_invalid')
    expect(windowsOf(world).slice(1)).toEqual(['11:50-13:01', '13:02-13:20'])
  })

  it('rejects when the webhook does not exist', async () => {
    const world = await afterOutage(60)
    world.webhook = undefined
    world.onValidate = () => {
      throw failedValidation('WebhookIdInvalid')
    }
    await expect(world.run()).rejects.toMatchObject({ reason: 'WebhookIdInvalid' })
  })

  it('repeats the check when X does not answer', async () => {
    const world = await afterOutage(60)
    let lists = 0
    world.onList = () => {
      lists += 1
      if (lists < 3) throw new TransportError({ reason: 'network', message: 'none', attempts: 1 })
    }
    expect(formatSteps(await world.run()).slice(1, 3)).toEqual([
      'waiting unavailable 13:01',
      'waiting unavailable 13:02',
    ])
  })

  it('notices with probe: true that X cannot reach a running server', async () => {
    const world = new RecoveryWorld()
    world.start({ probe: true })
    await world.time.pass(12)
    const { onValidate } = world
    world.onValidate = () => {
      throw failedValidation()
    }
    await world.time.pass(60)
    world.onValidate = onValidate
    await world.time.pass(90)
    // The last probe that passed was at 12:10; from 12:15 on they failed.
    expect(formatSteps(world.steps).filter((text) => text.startsWith('outage'))).toEqual([
      expect.stringMatching(/^outage 12:10-13:\d\d webhook_invalid$/),
    ])
    expect(windowsOf(world)[0]).toMatch(/^12:00-13:\d\d$/)
  })
})
