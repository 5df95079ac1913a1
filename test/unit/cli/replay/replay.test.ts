import { expect, test } from 'vitest'
import { emulatedCli, webhookUrl } from '../../../support/emulated-cli.ts'
import type { RunCommandOptions } from '../../../support/run-command.ts'

const start = Date.UTC(2026, 10, 29, 10)

/** An emulator at 10:00 UTC whose jobs take some minutes. The command waits on its clock. */
async function setUp({ takesMinutes = 0, ...overrides }: { takesMinutes?: number } & RunCommandOptions = {}) {
  const cli = emulatedCli({ now: () => start, replay: { takesMinutes } })
  const { x, json } = cli
  const { id } = (await json(['webhooks', 'create', webhookUrl])) as { id: string }
  const waits: number[] = []
  const options: RunCommandOptions = {
    now: () => x.now(),
    sleep: async (ms) => {
      waits.push(ms)
      await x.advance({ ms })
    },
    ...overrides,
  }
  const jobs = () => x.requests.filter(({ path, status }) => path === '/2/webhooks/replay' && status === 200)
  return { ...cli, id, waits, jobs, replay: (...args: string[]) => cli.run(['replay', ...args], options) }
}

test('starts one job, and says that it may still run', async () => {
  const { id, waits, replay } = await setUp({ takesMinutes: 5 })
  const { code, stdout, stderr } = await replay('--from', '202611290800', '--to', '2026-11-29T09:30Z')
  expect({ code, stdout, waits }).toEqual({ code: 0, stdout: 'X took 1 job. The last one may still run.\n', waits: [] })
  expect(stderr).toMatch(new RegExp(`^Replaying 2026-11-29 08:00 to 09:30 UTC to webhook ${id}, in one job\\.\n`))
  expect(stderr).toMatch(/\njob 1 of 1, .*: sending\njob 1 of 1, .*: taken by X as job \d+\n$/)
})

test('splits a long window, and waits until X takes the next job', async () => {
  const { id, jobs, replay } = await setUp({ takesMinutes: 1 })
  const { code, stdout, stderr } = await replay(id, '--from', '5h ago', '--to', '30m ago', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toEqual({
    webhookId: id,
    from: '2026-11-29T05:00:00.000Z',
    to: '2026-11-29T09:30:00.000Z',
    jobs: [
      ['2026-11-29T05:00:00.000Z', '2026-11-29T07:00:00.000Z'],
      ['2026-11-29T07:00:00.000Z', '2026-11-29T09:00:00.000Z'],
      ['2026-11-29T09:00:00.000Z', '2026-11-29T09:30:00.000Z'],
    ].map(([from, to]) => ({ jobId: expect.stringMatching(/^\d+$/), createdAt: expect.any(String), from, to })),
    lost: [],
    hasEnded: false,
  })
  expect(jobs()).toHaveLength(3)
  expect(stderr).toMatch(/job 2 of 3, .*: waiting, another job is running\n/)
})

test('--wait ends when the last job has ended', async () => {
  const { x, waits, jobs, replay } = await setUp({ takesMinutes: 3 })
  const { code, stdout, stderr } = await replay('--from', '2h ago', '--to', '1h ago', '--wait')
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'X took 1 job, and the last one has ended.\n' })
  expect(stderr).toMatch(/: running\njob \d+: ended\n$/)
  expect(x.now() - start).toBeGreaterThanOrEqual(3 * 60_000)
  expect(waits.slice(0, 5)).toEqual([5_000, 10_000, 15_000, 30_000, 30_000])
  // The job, and the one for a minute of the window that asks whether it has ended.
  expect(jobs()).toHaveLength(2)
})

test('in a terminal, draws a bar for each job, with the time that it takes', async () => {
  const { replay } = await setUp({ takesMinutes: 1, isTerminal: true })
  const { stderr } = await replay('--from', '2h ago', '--to', '1h ago', '--wait')
  expect(stderr).toMatch(/░{24} job 1 of 1/)
  expect(stderr).toMatch(/█{24} job 1 of 1/)
  expect(stderr).toMatch(/running for 15 s/)
})

test('checks the window before it sends something', async () => {
  const { x, replay } = await setUp()
  const before = x.requests.length
  const { code, stderr } = await replay('--from', '26h ago', '--to', '5m ago')
  expect(code).toBe(2)
  expect(stderr).toMatch(/--from must be at most 24 hours ago; --to must be at least 10 minutes ago\.\n/)
  expect(stderr).toMatch(/X does not keep what happened from 2026-11-28 08:00.* to 2026-11-28 10:00.*: it is lost\./)
  expect(await replay('--from', '1h ago', '--to', '3h ago')).toMatchObject({ code: 2 })
  expect(await replay('--from', 'yesterday')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--from: "yesterday" is not a time.'),
  })
  expect(await replay('--from', '2h ago', '--api', 'premium')).toMatchObject({ code: 2 })
  expect(x.requests).toHaveLength(before)
})

test('says what became too old while it waited', async () => {
  const { replay } = await setUp({ takesMinutes: 10 })
  const { code, stdout, stderr } = await replay('--from', '24h ago', '--to', '21h ago', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout).jobs).toHaveLength(2)
  expect(stderr).not.toMatch(/Not replayed/)
  const blocked = await replay('--from', '24h ago', '--to', '22h ago', '--json')
  expect(blocked.code).toBe(1)
  expect(JSON.parse(blocked.stdout)).toMatchObject({
    jobs: [{ to: expect.any(String) }],
    lost: [{ from: expect.any(String), reason: 'It became too old for X while another job was running.' }],
  })
  expect(blocked.stderr).toMatch(/^warning: Not replayed: /m)
})

test('a job that X refuses ends with 1, and names what is not replayed', async () => {
  const cli = await setUp()
  let calls = 0
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const request = new Request(input, init)
    if (!request.url.endsWith('/2/webhooks/replay')) return cli.x.fetch(request)
    calls += 1
    return calls === 2
      ? Response.json(
          { errors: [{ message: 'CrcValidationFailed: no answer' }], title: 'Invalid Request' },
          { status: 400 },
        )
      : cli.x.fetch(request)
  }
  const { code, stdout } = await cli.run(['replay', '--from', '7h ago', '--to', '1h ago', '--json'], {
    fetch,
    now: () => cli.x.now(),
  })
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    jobs: [{ from: '2026-11-29T03:00:00.000Z' }],
    lost: [
      { from: '2026-11-29T05:00:00.000Z', reason: expect.stringContaining('CrcValidationFailed') },
      { from: '2026-11-29T07:00:00.000Z', reason: 'It was not tried after this error.' },
    ],
  })
})

test('the enterprise API goes back five days', async () => {
  const { replay } = await setUp()
  const { code, stdout } = await replay('--from', '4d ago', '--to', '95h ago', '--api', 'enterprise', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(stdout).jobs).toHaveLength(1)
})

test('Ctrl-C ends the wait with 130', async () => {
  const interrupted = new AbortController()
  const { replay } = await setUp({
    takesMinutes: 5,
    signal: interrupted.signal,
    sleep: async () => {
      interrupted.abort()
      interrupted.signal.throwIfAborted()
    },
  })
  expect(await replay('--from', '2h ago', '--to', '1h ago', '--wait')).toMatchObject({ code: 130, stdout: '' })
})
