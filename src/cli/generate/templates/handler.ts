import { activityKinds } from '../../../entries/events.ts'
import { type HandledEvent, typeOfKind } from '../event-names.ts'
import type { Api } from '../options.ts'
import { type GeneratedFile, printLine, type TemplateContext, toText } from './context.ts'
import { kindTexts, relationVerbs, typeTexts } from './event-texts.ts'

/** A handler: what happened, how to name its type, and what it does until the user changes it. */
export interface HandlerTemplate {
  readonly handler: string
  /** One sentence. */
  readonly brief: string
  /** The name of the parameter. */
  readonly parameter: 'activity' | 'event'
  /** The types, such as `EventOf<'follow'>`. */
  readonly subject: string
  /** The lines of the function. */
  readonly body: readonly string[]
  /** What the function imports from `x-account-activity/events` besides types. */
  readonly imports: readonly string[]
}

/** The file of an event, with its handler. */
export function handlerFile(context: TemplateContext, event: HandledEvent): GeneratedFile {
  return {
    path: `handlers/${event.file}${context.sourceEnding}`,
    text: handlerText(describeHandler(event, context.options.api), context.isTypeScript),
  }
}

/** The source code of a handler. */
export function handlerText(template: HandlerTemplate, isTypeScript: boolean): string {
  const { handler, brief, parameter, subject, body, imports } = template
  const handlerType = parameter === 'activity' ? 'ActivityHandler' : 'Handler'
  const subjectType = subject.replace(/<.*/s, '')
  const names = [...(isTypeScript ? [`type ${subjectType}`] : []), ...imports]
  const isTypeImport = imports.length === 0
  const lines = body.map((line) => `  ${line}`)
  const end = ['}']
  if (!isTypeScript) {
    return toText(
      `/** @import { ${subjectType} } from 'x-account-activity/events' */`,
      `/** @import { ${handlerType} } from 'x-account-activity/receiver' */`,
      !isTypeImport && `import { ${imports.join(', ')} } from 'x-account-activity/events'`,
      '',
      '/**',
      ` * ${brief}`,
      ' *',
      ` * @type {${handlerType}<${subject}>}`,
      ' */',
      `export const ${handler} = (${parameter}) => {`,
      ...lines,
      ...end,
    )
  }
  return toText(
    isTypeImport
      ? `import type { ${subjectType} } from 'x-account-activity/events'`
      : `import { ${names.sort(compareImports).join(', ')} } from 'x-account-activity/events'`,
    `import type { ${handlerType} } from 'x-account-activity/receiver'`,
    '',
    `/** ${brief} */`,
    `export const ${handler}: ${handlerType}<${subject}> = (${parameter}) => {`,
    ...lines,
    ...end,
  )
}

/** In the order that Biome sorts imports in. */
function compareImports(a: string, b: string): number {
  return a.replace('type ', '') < b.replace('type ', '') ? -1 : 1
}

export function describeHandler({ handler, name, key, postKind }: HandledEvent, api: Api): HandlerTemplate {
  if (api === 'both') {
    const subject = `ActivityOf<'${key}'>`
    return {
      handler,
      brief: kindTexts[key] ?? '',
      parameter: 'activity',
      subject,
      imports: [],
      body: activityBody(key),
    }
  }
  return describeEventHandler(handler, key, postKind === undefined ? undefined : name)
}

/** The handler of a type of event. `postKind` is the kind of post that a handler of `tweet_create` takes. */
export function describeEventHandler(handler: string, type: string, postKind?: string): HandlerTemplate {
  const subject = `EventOf<'${type}'>`
  const brief = kindTexts[postKind ?? ''] ?? typeTexts[type] ?? kindTexts[kindOfType(type)] ?? `X sent ${type}.`
  return { handler, brief, parameter: 'event', subject, ...eventBody(type, postKind) }
}

/** The kind of activity that a type of event is. */
function kindOfType(type: string): string {
  const kinds: readonly string[] = activityKinds
  return (
    kinds.find((kind) => typeOfKind(kind, 'account-activity') === type || typeOfKind(kind, 'activity') === type) ?? ''
  )
}

const incomingOnly = (parameter: string, what: string) => [
  `// X also sends the ${what} of the account itself. A bot that answers them would answer itself.`,
  `if (${parameter}.direction !== 'incoming') return`,
]

/** What the handler of a kind of activity does. */
function activityBody(kind: string): readonly string[] {
  const verb = relationVerbs[kind]
  if (verb !== undefined) return [printLine(`User {activity.source.id} ${verb} user {activity.target.id}`)]
  switch (kind) {
    case 'reply':
      return [...incomingOnly('activity', 'replies'), printLine('Reply of user {activity.author.id}: {activity.text}')]
    case 'message':
      return [
        ...incomingOnly('activity', 'messages'),
        printLine('Message {activity.messageId} from user {activity.sender.id}'),
      ]
    case 'post_delete':
      return [printLine('Post {activity.postId} was deleted')]
    case 'like':
      return [printLine("User {activity.liker?.id ?? '(unknown)'} liked post {activity.postId}")]
    case 'typing':
      return [printLine('User {activity.sender.id} is typing')]
    case 'read':
      return [printLine('User {activity.sender.id} has read the messages')]
    case 'revoke':
      return [printLine('User {activity.userId} revoked the access')]
    default:
      return [printLine('Post of user {activity.author.id}: {activity.text}')]
  }
}

/** What the handler of a type of event does. */
function eventBody(type: string, postKind?: string): Pick<HandlerTemplate, 'body' | 'imports'> {
  const body = eventLines(type, postKind)
  return { body, imports: type === 'tweet_create' ? ['fullText'] : [] }
}

function eventLines(type: string, postKind?: string): readonly string[] {
  const verb = relationVerbs[type.split('.').at(-1) ?? '']
  if (verb !== undefined) return [printLine(`User {event.sourceId} ${verb} user {event.targetId}`)]
  if (/^(post\.|tweet_delete)/.test(type))
    return [printLine(`Post {event.postId}${type.includes('delete') ? ' was deleted' : ''}`)]
  if (/^(spaces|broadcast)\.(start|end|chat)$/.test(type)) return [printLine('Broadcast {event.broadcastId}')]
  if (type.startsWith('profile.')) return [printLine("Account {event.forUserId ?? '(unknown)'} changed its profile")]
  if (type.startsWith('chat.')) return [printLine("Conversation {event.conversationId ?? '(unknown)'}")]
  switch (type) {
    case 'tweet_create':
      return [
        ...(postKind === 'reply' ? incomingOnly('event', 'replies') : []),
        printLine('Post {event.postId}: {fullText(event.payload)}'),
      ]
    case 'favorite':
      return [printLine('User {event.userId} liked post {event.postId}')]
    case 'like.create':
      return [printLine("User {event.userId ?? '(unknown)'} liked post {event.postId}")]
    case 'direct_message':
      return [...incomingOnly('event', 'messages'), printLine('Message {event.messageId} from user {event.senderId}')]
    case 'dm.received':
    case 'dm.sent':
      return [printLine('Message {event.messageId} from user {event.senderId}')]
    case 'direct_message_indicate_typing':
    case 'dm.indicate_typing':
      return [printLine('User {event.senderId} is typing')]
    case 'direct_message_mark_read':
    case 'dm.read':
      return [printLine('User {event.senderId} has read the messages')]
    case 'user_revoke':
    case 'oauth.revoke':
      return [printLine('User {event.userId} revoked the access')]
    case 'subscriptions.subscribe':
    case 'subscriptions.unsubscribe':
      return [printLine('Users {event.sourceId} and {event.targetId}')]
    case 'replay_job_status':
      return [printLine('Replay job {event.jobId} has ended')]
    default:
      return [printLine('Event {event.id}')]
  }
}
