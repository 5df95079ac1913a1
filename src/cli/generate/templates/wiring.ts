import type { HandledEvent } from '../event-names.ts'
import { type GeneratedFile, listOf, readEnv, type TemplateContext, toText, types } from './context.ts'

/** The file that calls the handler of each event. */
export function dispatchFile(context: TemplateContext): GeneratedFile {
  const { options, sourceEnding } = context
  return {
    path: `dispatch${sourceEnding}`,
    text: options.api === 'both' ? dispatchActivities(context) : dispatchEvents(context),
  }
}

function dispatchActivities(context: TemplateContext): string {
  const { events, isTypeScript } = context
  return toText(
    isTypeScript && "import type { ActivityOf } from 'x-account-activity/events'",
    isTypeScript && "import type { HandlerContext } from 'x-account-activity/receiver'",
    ...handlerImports(context),
    '',
    '/** The kinds of activities that this webhook handles. */',
    listOf(
      events.map(({ key }) => key),
      'export const handledKinds = ',
      types(context, ' as const'),
    ),
    '',
    ...describeSwitch(context, 'activity', 'handledKinds'),
    isTypeScript
      ? 'export function handleActivity(activity: ActivityOf<(typeof handledKinds)[number]>, context: HandlerContext): unknown {'
      : 'export function handleActivity(activity, context) {',
    '  switch (activity.kind) {',
    ...events.map(({ key, handler }) => `    case '${key}':\n      return ${handler}(activity, context)`),
    ...exhaustive(context, events, 'activity', 'kind'),
    '  }',
    '}',
  )
}

function dispatchEvents(context: TemplateContext): string {
  const { events, isTypeScript } = context
  const posts = events.filter(({ postKind }) => postKind !== undefined)
  const keys = [...new Set(events.map(({ key }) => key))]
  const eventImports = [...(posts.length > 0 ? ['classifyPost'] : []), ...(isTypeScript ? ['type EventOf'] : [])]
  const isTypeImport = eventImports[0] === 'type EventOf'
  return toText(
    isTypeImport
      ? "import type { EventOf } from 'x-account-activity/events'"
      : eventImports.length > 0 && `import { ${eventImports.join(', ')} } from 'x-account-activity/events'`,
    isTypeScript && "import type { HandlerContext } from 'x-account-activity/receiver'",
    ...handlerImports(context),
    '',
    '/** The types of events that this webhook handles. */',
    listOf(keys, 'export const handledTypes = ', types(context, ' as const')),
    '',
    ...describeSwitch(context, 'event', 'handledTypes'),
    isTypeScript
      ? 'export function handleEvent(event: EventOf<(typeof handledTypes)[number]>, context: HandlerContext): unknown {'
      : 'export function handleEvent(event, context) {',
    '  switch (event.type) {',
    ...keys.map((key) => {
      const handler = events.find((event) => event.key === key && event.postKind === undefined)?.handler ?? 'handlePost'
      return `    case '${key}':\n      return ${handler}(event, context)`
    }),
    ...exhaustive(context, keys, 'event', 'type'),
    '  }',
    '}',
    ...(posts.length > 0 ? handlePost(context, posts) : []),
  )
}

/** The Account Activity API has one type of event for all kinds of posts. */
function handlePost(context: TemplateContext, posts: readonly HandledEvent[]): string[] {
  const cases = (kind: string | undefined) => (kind === 'repost' ? ['repost', 'quote_repost'] : [kind])
  return [
    '',
    '/** X sends one type of event for all kinds of posts. Those without a case are ignored. */',
    context.isTypeScript
      ? "function handlePost(event: EventOf<'tweet_create'>, context: HandlerContext): unknown {"
      : 'function handlePost(event, context) {',
    '  switch (classifyPost(event.payload, event.forUserId)) {',
    ...posts.map(({ postKind, handler }) =>
      [...cases(postKind).map((kind) => `    case '${kind}':`), `      return ${handler}(event, context)`].join('\n'),
    ),
    '    default:',
    '      return undefined',
    '  }',
    '}',
  ]
}

function handlerImports({ events, importEnding }: TemplateContext): string[] {
  return events
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
    .map(({ handler, file }) => `import { ${handler} } from './handlers/${file}${importEnding}'`)
}

function describeSwitch({ isTypeScript }: TemplateContext, subject: string, list: string): string[] {
  const brief = `Calls the handler of an ${subject}.`
  return [
    isTypeScript ? `/** ${brief} It does not compile when an item of \`${list}\` has no case. */` : `/** ${brief} */`,
  ]
}

/** A value of a single type is not narrowed to `never`, only its discriminant is. */
function exhaustive(
  { isTypeScript }: TemplateContext,
  cases: readonly unknown[],
  subject: string,
  discriminant: string,
): string[] {
  if (!isTypeScript) return ['    default:', '      return undefined']
  return ['    default:', `      return ${cases.length === 1 ? `${subject}.${discriminant}` : subject} satisfies never`]
}

/** The file that creates the receiver. */
export function receiverFile(context: TemplateContext): GeneratedFile {
  const { options, isTypeScript, sourceEnding, importEnding } = context
  const [list, handle, on] =
    options.api === 'both' ? ['handledKinds', 'handleActivity', 'onActivity'] : ['handledTypes', 'handleEvent', 'on']
  const names = [handle, list].sort((a = '', b = '') => a.localeCompare(b))
  return {
    path: `receiver${sourceEnding}`,
    text: toText(
      isTypeScript
        ? "import { createReceiver, type Receiver, type ReceiverOptions } from 'x-account-activity/receiver'"
        : "import { createReceiver } from 'x-account-activity/receiver'",
      `import { ${names.join(', ')} } from './dispatch${importEnding}'`,
      '',
      '/**',
      ' * Creates the receiver. It answers the challenge of X (CRC), verifies the signature of each delivery and',
      ' * handles each event once. When a handler throws, X gets the answer 500 and sends the event again.',
      ...(isTypeScript ? [] : [' *', " * @param {import('x-account-activity/receiver').ReceiverOptions} options"]),
      ' */',
      isTypeScript
        ? "export function createWebhookReceiver(options: Pick<ReceiverOptions, 'consumerSecret' | 'dedupe'>): Receiver {"
        : 'export function createWebhookReceiver(options) {',
      '  const receiver = createReceiver(options)',
      `  receiver.${on}(${list}, ${handle})`,
      '  return receiver',
      '}',
    ),
  }
}

/** The file that opens the store of handled events. `undefined` for a store in memory. */
export function storeFile(context: TemplateContext): GeneratedFile | undefined {
  const { options, sourceEnding } = context
  if (options.store === 'memory') return undefined
  return {
    path: `store${sourceEnding}`,
    text: options.store === 'sqlite' ? sqliteStore(context) : redisStore(context),
  }
}

function sqliteStore(context: TemplateContext): string {
  const path = `path: ${readEnv(context, 'HANDLED_EVENTS_FILE')} ?? 'handled-events.db'`
  return toText(
    `import { createSqliteDedupeStore${types(context, ', type SqliteDedupeStore')} } from 'x-account-activity/stores/sqlite'`,
    '',
    '/** Remembers in a file which events were handled, so that none is handled again after a restart. */',
    `export function openStore()${types(context, ': SqliteDedupeStore')} {`,
    `  return createSqliteDedupeStore({ ${path} })`,
    '}',
  )
}

function redisStore(context: TemplateContext): string {
  return toText(
    "import { Redis } from 'ioredis'",
    `import { createRedisDedupeStore${types(context, ', type DedupeStore')} } from 'x-account-activity/stores/redis'`,
    '',
    '/** Remembers in Redis which events were handled, for all processes that share it. */',
    `export function openStore()${types(context, ': DedupeStore')} {`,
    `  const url = ${readEnv(context, 'REDIS_URL')} ?? 'redis://localhost:6379'`,
    '  // It connects with the first event.',
    '  return createRedisDedupeStore(new Redis(url, { lazyConnect: true }))',
    '}',
  )
}

/** The lines of a server file that create the receiver. */
export function createReceiverLines(context: TemplateContext): string[] {
  return [
    'const receiver = createWebhookReceiver({',
    '  // A function: the program starts without the secret, and reads it when the first request comes.',
    `  consumerSecret: () => ${readEnv(context, 'X_CONSUMER_SECRET')} ?? '',`,
    ...(context.options.store === 'memory' ? [] : ['  dedupe: openStore(),']),
    '})',
  ]
}

/** The imports that {@link createReceiverLines} needs. `up` leads from the server file to the output folder. */
export function receiverImports({ options, importEnding }: TemplateContext, up = './'): string[] {
  return [
    `import { createWebhookReceiver } from '${up}receiver${importEnding}'`,
    ...(options.store === 'memory' ? [] : [`import { openStore } from '${up}store${importEnding}'`]),
  ]
}
