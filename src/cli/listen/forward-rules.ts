import { type ActivityEvent, activityKinds, activityOf, type Delivery, eventTypes } from '../../entries/events.ts'
import { usageError } from '../cli-error.ts'
import { nearestNames } from './nearest-names.ts'

/** Which deliveries go to a URL. */
export interface ForwardRule {
  /** Types of events and kinds of activities, or `*`: what no other rule names. */
  readonly types: readonly string[]
  readonly url: string
}

/**
 * Reads rules as people write them: `mention,message=http://localhost:3000/webhook`, `*=http://…`, or only a URL, which is
 * for all that no other rule names.
 *
 * @throws CliError with exit code 2 when a URL or a type is wrong.
 */
export function parseForwardRules(texts: readonly string[]): ForwardRule[] {
  return texts.map((text) => {
    const [, list = '*', url = text] = /^([\w.,* -]+)=(.*)$/.exec(text) ?? []
    const types = list.split(',').map((type) => type.trim())
    for (const type of types) if (type !== '*') assertType(type)
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      throw usageError(
        `"${text}" does not name a URL.`,
        'Write --forward http://localhost:3000/webhook, or --forward mention,message=http://localhost:3000/webhook.',
      )
    }
    return { types, url }
  })
}

/**
 * Checks a type of an event, or a kind of an activity.
 *
 * @throws CliError with exit code 2 that names the nearest ones.
 */
export function assertType(type: string): void {
  const known: readonly string[] = [...activityKinds, ...eventTypes]
  if (known.includes(type)) return
  throw usageError(
    `"${type}" is not an event type.`,
    `Did you mean ${nearestNames(type, known).join(' or ')}? "x-account-activity trigger --list" lists all.`,
  )
}

/** The URLs that a delivery goes to: of the rules that name one of its events, else of those with `*`. */
export function urlsOf({ events }: Pick<Delivery, 'events'>, rules: readonly ForwardRule[]): string[] {
  const naming = rules.filter(({ types }) => events.some((event) => types.some((type) => isOfType(event, type))))
  const chosen = naming.length > 0 ? naming : rules.filter(({ types }) => types.includes('*'))
  return [...new Set(chosen.map(({ url }) => url))]
}

/** Whether an event has this type, or is an activity of this kind. */
export function isOfType(event: ActivityEvent, type: string): boolean {
  return event.type === type || activityOf(event)?.kind === type
}
