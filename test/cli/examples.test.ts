import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { toNodeHandler } from 'x-account-activity/node'
import { createReceiver } from 'x-account-activity/receiver'
import { allowApp } from '../support/allow-app.ts'
import { allHelp, examplesIn } from './support/all-help.ts'
import { emptyFolder, runCli } from './support/run-cli.ts'
import { type ServedEmulator, startEmulator, webhookUrl } from './support/serve-emulator.ts'

/** Where an example runs: an emulator, a receiver and an empty folder. */
interface Place extends ServedEmulator {
  readonly folder: string
  /** The URL of a receiver on this machine. */
  readonly receiverUrl: string
  readonly write: (file: string, text: string) => void
  /** Runs a command with `--json`, and returns what it prints. */
  readonly run: (...args: string[]) => Promise<Record<string, string>>
}

/** How the examples of a command are run. */
interface Setup {
  /** Prepares the place. Resolves to texts of the example, with what they are replaced by. */
  readonly prepare?: (place: Place, example: string) => Promise<Record<string, string> | undefined> | undefined
  /** What a command prints that goes on until Ctrl-C. It is interrupted then. */
  readonly until?: RegExp
  /** The exit codes that are right. The default is 0, or 130 after Ctrl-C. */
  readonly codes?: readonly number[]
}

/** The ids in the examples. */
const exampleId = '1146654567674912769'
const exampleUserId = '2244994945'

const createWebhook = async ({ run }: Place) => ({
  [exampleId]: (await run('webhooks', 'create', webhookUrl)).id ?? '',
})
const subscribe = async (place: Place) => {
  const ids = await createWebhook(place)
  await place.run('subscriptions', 'add')
  return { ...ids, [exampleUserId]: place.alice.id }
}
const writeDelivery = async ({ write }: Place) => {
  write('delivery.json', delivery)
  return undefined
}
const delivery = JSON.stringify({ for_user_id: '1', follow_events: [] })
const subscribeToPosts = async ({ run, bob }: Place) => ({
  [exampleId]: (await run('activity', 'subscriptions', 'add', 'post.create', '--user-id', bob.id)).id ?? '',
})
const localReceiver = async ({ receiverUrl }: Place) => ({
  'http://localhost:3000/webhook': receiverUrl,
  'https://app.example/webhook': receiverUrl,
})
const handlersOf = async (place: Place) => {
  const flags = ['--framework', 'node', '--api', 'both', '--events', 'mention', '--out', 'src/webhook']
  await runCli(['generate', 'handlers', ...flags], { cwd: place.folder })
  return undefined
}

/** Each command has an entry, so that a new one is not forgotten. */
const setups: Readonly<Record<string, Setup>> = {
  crc: {},
  sign: { prepare: writeDelivery },
  verify: { prepare: writeDelivery, codes: [3] },
  whoami: {},
  login: {
    prepare: async (place, example) => {
      if (!example.includes('--pin')) return undefined
      const { url = '' } = await place.run('login', '--start', '--profile', 'bot')
      return { '1234567': await allowApp(url, 'alice') }
    },
    until: /oauth2\/authorize/,
    codes: [0, 130],
  },
  'webhooks list': { prepare: createWebhook },
  'webhooks create': {},
  'webhooks validate': { prepare: createWebhook },
  'webhooks delete': { prepare: createWebhook },
  'subscriptions add': { prepare: createWebhook },
  'subscriptions check': { prepare: createWebhook },
  'subscriptions list': { prepare: createWebhook },
  'subscriptions remove': { prepare: subscribe },
  'subscriptions count': { prepare: createWebhook },
  'subscriptions sync': {
    prepare: async (place) => {
      const { accessToken, accessTokenSecret } = place.bob
      place.write('users.json', JSON.stringify([{ accessToken, accessTokenSecret }]))
      place.write('users.csv', `accessToken,accessTokenSecret\n${accessToken},${accessTokenSecret}\n`)
      return createWebhook(place)
    },
    // `--dry-run` ends with 3, because there is something to change.
    codes: [0, 3],
  },
  replay: { prepare: createWebhook },
  'activity subscriptions add': {
    prepare: async (place) => ({ ...(await createWebhook(place)), [exampleUserId]: place.bob.id }),
  },
  'activity subscriptions list': { prepare: async ({ bob }) => ({ [exampleUserId]: bob.id }) },
  'activity subscriptions update': { prepare: subscribeToPosts },
  'activity subscriptions remove': { prepare: subscribeToPosts },
  'activity stream': {
    prepare: async (place) => {
      await subscribeToPosts(place)
      const posting = setInterval(() => void place.bob.post('hello'), 200)
      onTestFinished(() => clearInterval(posting))
      return undefined
    },
  },
  'rules add': {},
  'rules list': {},
  'rules remove': {
    prepare: async ({ x, run }) => {
      await run('rules', 'add', 'cats')
      expect(x).toBeDefined()
      const { rules } = (await run('rules', 'list')) as unknown as { rules: { id: string }[] }
      return { [exampleId]: rules[0]?.id ?? '' }
    },
  },
  'rules count': {},
  'links add': { prepare: createWebhook },
  'links list': {},
  'links remove': {
    prepare: async (place) => {
      const ids = await createWebhook(place)
      await place.run('links', 'add')
      return ids
    },
  },
  completion: {},
  docs: {},
  doctor: { prepare: localReceiver, codes: [0, 3] },
  dev: {
    prepare: async (place) => {
      place.write('package.json', '{"scripts":{"test":"node --version"}}')
      return localReceiver(place)
    },
    until: /^ready /m,
    codes: [0, 130],
  },
  emulator: {
    prepare: async ({ write }) => {
      write('package.json', '{"scripts":{"test":"node --version"}}')
      return undefined
    },
    until: /http:\/\/127\.0\.0\.1:\d+/,
    codes: [0, 130],
  },
  listen: { until: /127\.0\.0\.1:\d+/, codes: [130] },
  trigger: {
    // Without --to, a delivery goes to the fixed port of "dev".
    prepare: async (place) => ({
      ...(await localReceiver(place)),
      'trigger mention': `trigger mention --to ${place.receiverUrl}`,
      'trigger tweet_create': `trigger tweet_create --to ${place.receiverUrl}`,
    }),
  },
  resend: {
    prepare: async (place) => {
      for (const file of ['20261129T070509123Z-000001-follow', '20261129T070509124Z-000002-direct_message']) {
        place.write(`deliveries/${file}.json`, delivery)
      }
      return localReceiver(place)
    },
    // The signatures that X made are not beside these deliveries, so that --keep-signature is refused.
    codes: [0, 2],
  },
  // No "listen" runs here, so there are no events to wait for.
  wait: { codes: [1, 2] },
  'generate handlers': {},
  'generate add': { prepare: handlersOf },
  'generate update': { prepare: handlersOf },
  'generate types': { prepare: writeDelivery, codes: [0, 1] },
}

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

test('each command has a set-up for its examples', async () => {
  const commands = (await allHelp()).filter(([, help]) => !help.includes('\nCOMMANDS\n')).map(([command]) => command)
  expect(Object.keys(setups).sort()).toEqual(commands.sort())
})

test.each(Object.entries(setups))('the examples of %s run', async (command, { prepare, until, codes = [0] }) => {
  const { stdout: help } = await runCli([...command.split(' '), '--help'])
  for (const example of examplesIn(help)) {
    const place = await makePlace()
    const replacements = (await prepare?.(place, example)) ?? {}
    const line = Object.entries(replacements).reduce((text, [from, to]) => text.replaceAll(from, to), example)
    const needsPort = /^(dev|emulator|listen)$/.test(command) && !line.includes('--port')
    const { code, output } = await runInShell(place, needsPort ? `${line} --port 0` : line, until)
    expect(codes, `${line}\n${output}`).toContain(code)
    expect(output).not.toMatch(/There is no command|unexpected|at file:\/\//i)
  }
})

/** Ctrl-C is sent when the command has printed `until`. */
function runInShell(
  { folder, env, receiverUrl }: Place,
  line: string,
  until?: RegExp,
): Promise<{ code: number | null; output: string }> {
  const child = spawn('bash', ['-c', `shopt -s nullglob; ${line.includes('<') ? line : `exec ${line}`}`], {
    cwd: folder,
    env: {
      ...env,
      PATH: `${folder}/bin:${process.env.PATH}`,
      HOME: folder,
      XDG_CONFIG_HOME: join(folder, 'config'),
      X_CLIENT_ID: 'client',
      X_WEBHOOK_URL: receiverUrl,
    },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  let isInterrupted = false
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
      // Once: a signal that comes while the process exits ends it without an exit code.
      if (isInterrupted || !until?.test(output)) return
      isInterrupted = true
      child.kill('SIGINT')
    })
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

async function makePlace(): Promise<Place> {
  const served = await startEmulator()
  const folder = emptyFolder()
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  write('bin/x-account-activity', `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`)
  chmodSync(join(folder, 'bin/x-account-activity'), 0o755)
  const env = { ...served.env, XDG_CONFIG_HOME: join(folder, 'config') }
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli([...args, '--json'], { env, cwd: folder })
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
    return JSON.parse(stdout)
  }
  return { ...served, folder, write, run, receiverUrl: await serveReceiver(served) }
}

async function serveReceiver({ env }: ServedEmulator): Promise<string> {
  const server = createServer(toNodeHandler(createReceiver({ consumerSecret: env.X_CONSUMER_SECRET ?? '' })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`
}
