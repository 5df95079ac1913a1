import { describeCommands } from './commands.ts'
import { type GeneratedFile, type TemplateContext, toText } from './context.ts'

/** The environment variables, without values that are secret. */
export function envExampleFile({ options }: TemplateContext): GeneratedFile {
  return {
    path: '.env.example',
    text: toText(
      '# The consumer secret of your app. The developer portal of X calls it the API key secret.',
      'X_CONSUMER_SECRET=',
      '# The port that the server listens on.',
      'PORT=3000',
      options.store === 'sqlite' && '# The file that remembers which events were handled.',
      options.store === 'sqlite' && 'HANDLED_EVENTS_FILE=handled-events.db',
      options.store === 'redis' && '# The server that remembers which events were handled.',
      options.store === 'redis' && 'REDIS_URL=redis://localhost:6379',
    ),
  }
}

/** What is in the folder, and how to test and start it. */
export function readmeFile(context: TemplateContext): GeneratedFile {
  const { options, events, sourceEnding, project } = context
  const commands = describeCommands(context)
  const out = project.folder
  const path = (name: string) => (out === '.' ? name : `${out}/${name}`)
  return {
    path: 'README.md',
    text: toText(
      '# Webhook for X',
      '',
      `It handles ${listOfNames(events.map(({ name }) => `\`${name}\``))} with`,
      '[x-account-activity](https://www.npmjs.com/package/x-account-activity). The webhook is at `/webhook`, and',
      '`/health` answers 200.',
      '',
      `- \`handlers/\` has one file for each event. Put your code there.`,
      `- \`dispatch${sourceEnding}\` calls the handlers, and \`receiver${sourceEnding}\` sets them up.`,
      `- \`${serverFile(context)}\` is ${serverText[options.framework]}.`,
      '',
      `The commands run in the folder of \`package.json\`. Copy \`${path('.env.example')}\` to \`${path('.env')}\`, and set`,
      'the consumer secret there.',
      '',
      '```sh',
      '# Install what it needs',
      commands.install,
      '# Test',
      commands.test,
      '# Start; PORT sets the port',
      commands.start,
      '# Add a handler',
      `npx x-account-activity generate add <event> --out ${out}`,
      '```',
      ...(remarks[options.framework]?.map((line) => (line === '' ? line : line)) ?? []),
    ),
  }
}

function serverFile({ options, sourceEnding }: TemplateContext): string {
  switch (options.framework) {
    case 'nest':
      return `webhook.module${sourceEnding}`
    case 'next':
      return `app/webhook/route${sourceEnding}`
    case 'sveltekit':
      return `routes/webhook/+server${sourceEnding}`
    case 'workers':
      return `worker${sourceEnding}`
    case 'lambda':
      return `lambda${sourceEnding}`
    default:
      return `server${sourceEnding}`
  }
}

const serverText: Readonly<Record<TemplateContext['options']['framework'], string>> = {
  node: 'the server',
  express: 'the Express app',
  fastify: 'the Fastify app',
  koa: 'the Koa app',
  hono: 'the Hono app',
  nest: 'the Nest module, which `main` starts',
  next: 'the route of Next.js',
  sveltekit: 'the route of SvelteKit',
  workers: 'the Worker',
  bun: 'the Bun server',
  deno: 'the Deno server',
  lambda: 'the function for AWS Lambda; `server` runs the same receiver on your machine',
}

const shareTheStore = [
  '',
  'Several instances run at the same time, and each remembers only its own events. Use a store that they share.',
]

const remarks: Partial<Readonly<Record<TemplateContext['options']['framework'], readonly string[]>>> = {
  nest: ['', 'In an application of your own, import `WebhookModule` and pass `rawBody: true` to `NestFactory.create`.'],
  next: shareTheStore,
  workers: shareTheStore,
  lambda: shareTheStore,
}

function listOfNames(names: readonly string[]): string {
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
