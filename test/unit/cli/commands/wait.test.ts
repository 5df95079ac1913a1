import { describe, expect, it } from 'vitest'
import { createEventFeed } from '../../../../src/cli/listen/event-feed.ts'
import { openDeliveryFolder } from '../../../../src/cli/listen/saved-deliveries.ts'
import { toEventRecord } from '../../../../src/cli/output/event-line.ts'
import { parseDelivery, type XActivityEventType } from '../../../../src/entries/events.ts'
import { listen } from '../../../support/listen.ts'
import { type RunCommandOptions, runCommand } from '../../../support/run-command.ts'
import { tempFolder } from '../../../support/temp-folder.ts'
import { envelopeOf } from '../../../support/x-activities.ts'

function deliveryOf(type: XActivityEventType, uuid: string) {
  return parseDelivery({ data: { ...envelopeOf(type), event_uuid: uuid } })
}

const arrived = [
  deliveryOf('post.mention.create', '301'),
  deliveryOf('profile.update.bio', '7'),
  deliveryOf('profile.update.bio', '8'),
]
const ids = arrived.flatMap(({ events }) => events.map(({ id }) => id))

async function startFeed(deliveries = arrived) {
  const feed = createEventFeed()
  for (const { events } of deliveries) for (const event of events) feed.add(toEventRecord(event))
  return { feed, url: `${await listen(feed.handle)}/events` }
}

/** A clock that only `sleep` moves. */
function manualTime(onSleep: (now: number) => void = () => {}): Pick<RunCommandOptions, 'now' | 'sleep'> {
  let now = 0
  return {
    now: () => now,
    sleep: async (ms) => {
      now += ms
      onSleep(now)
    },
  }
}

describe('wait', () => {
  it.each([
    [['--type', 'mention'], 0],
    [['--type', 'post.mention.create'], 0],
    [['--type', 'profile.update.bio'], 1],
    [['--since', ids[0] ?? ''], 1],
    [['--type', 'profile.update.bio', '--since', ids[1] ?? ''], 2],
    [['--id', ids[2] ?? ''], 2],
    [[], 0],
  ])('prints the event for %j', async (args, index) => {
    const { url } = await startFeed()
    const { code, stdout, stderr } = await runCommand(['wait', '--from', url, ...args])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(JSON.parse(stdout)).toMatchObject({ id: ids[index], type: expect.any(String), event: { id: ids[index] } })
  })

  it('waits for an event that comes later', async () => {
    const { url, feed } = await startFeed([])
    const [event] = arrived[1]?.events ?? []
    const time = manualTime((now) => {
      if (now === 300 && event) feed.add(toEventRecord(event))
    })
    const { code, stdout } = await runCommand(['wait'], { ...time, env: { X_EVENTS_URL: url } })
    expect({ code, id: JSON.parse(stdout).id }).toEqual({ code: 0, id: ids[1] })
  })

  it.each([
    [['--type', 'message'], 'No message arrived within 2 s.'],
    [['--since', ids[2] ?? ''], `No event arrived after ${ids[2]} within 2 s.`],
    [['--id', 'x'], 'No event with the id x arrived within 2 s.'],
    [['--since', 'x'], 'The event x of --since has not arrived within 2 s.'],
  ])('ends with 1 when the time is over: %j', async (args, message) => {
    const { url } = await startFeed()
    const time = manualTime()
    const { code, stdout, stderr } = await runCommand(
      ['wait', '--from', url, '--timeout', '2s', '--json', ...args],
      time,
    )
    expect({ code, stdout, now: time.now?.() }).toEqual({ code: 1, stdout: '', now: 2000 })
    expect(JSON.parse(stderr).error).toMatchObject({ code: 'timeout', message })
  })

  it('reads a folder of deliveries', async () => {
    const cwd = tempFolder()
    const { save } = await openDeliveryFolder(cwd)
    for (const [index, delivery] of arrived.entries()) {
      await save({ body: Buffer.from(JSON.stringify(delivery.payload)), headers: {}, delivery, receivedAt: index })
    }
    const { stdout } = await runCommand(['wait', '--from', '.', '--since', ids[1] ?? ''], { cwd })
    expect(JSON.parse(stdout).id).toBe(ids[2])
  })

  it.each([
    [['--from', 'missing'], 1, /The folder .*missing does not exist\.\nStart "x-account-activity dev"/],
    [['--from', 'http://127.0.0.1:1/events'], 1, /cannot be reached/],
    [['--type', 'mentions'], 2, /"mentions" is not an event type/],
    [['--timeout', 'soon'], 2, /A time is written as 500ms, 10s or 2m/],
    [['--timeout', '61m'], 2, /at most 60m/],
  ])('refuses %j', async (args, expected, message) => {
    const { code, stdout, stderr } = await runCommand(['wait', ...args], { cwd: tempFolder() })
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
    expect(stderr).toMatch(message)
  })

  it('refuses another server', async () => {
    const url = await listen((_, response) => response.end('<html>'))
    expect((await runCommand(['wait', '--from', url])).stderr).toContain('does not answer with events.')
  })
})
