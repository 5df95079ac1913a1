import { expect, test } from 'vitest'
import { runCli, startCli } from './support/run-cli.ts'

test('dev shows events within seconds, and ends with Ctrl-C', async () => {
  const dev = startCli(['dev', '--port', '0'])
  await dev.printed(/^ready http:\/\/127\.0\.0\.1:\d+\/webhook$/m)
  await dev.printed(
    / in {3}mention {6}@bob → @alice {5}"Good morning @alice, is there tea\?" {2}tweet_create:\d+:\d+\n/,
  )
  const { code, stderr } = await dev.stop()
  expect({ code, stderr: stderr.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:port') }).toMatchSnapshot()
})

test('dev --json prints an object when it is ready', async () => {
  const dev = startCli(['dev', '--port', '0', '--json'])
  const [line] = await dev.printed(/^\{.*\}$/m)
  const shown = line.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:port')
  expect(JSON.parse(shown)).toMatchSnapshot()
})

test('dev --exec runs a command line against everything, and ends with its code', async () => {
  const script = `fetch(process.env.X_EVENTS_URL).then((answer) => answer.json()).then(({ events }) => { console.log(events.length); process.exit(4) })`
  const { code, stdout, stderr } = await runCli(['dev', '--port', '0', '--exec', `node -e "${script}"`])
  expect({ code, stdout }).toEqual({ code: 4, stdout: '0\n' })
  expect(stderr).toMatch(/^ready http/m)
})
