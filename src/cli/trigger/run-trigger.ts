import { activityKinds, type EventType, eventTypes, parseDelivery } from '../../entries/events.ts'
import { buildDelivery, deliveryVariants, signedRequest } from '../../entries/testing.ts'
import { exitCodes } from '../cli-context.ts'
import { usageError } from '../cli-error.ts'
import type { CredentialFlags } from '../credentials/credential-flags.ts'
import { readCredentials } from '../credentials/read-credentials.ts'
import type { CommandRun } from '../define-command.ts'
import type { OutputFlags } from '../output/output.ts'
import { eventNamed, kindNames } from './event-names.ts'
import { type Overrides, parseOverrides } from './parse-overrides.ts'
import {
  type DeliveryAnswer,
  defaultTarget,
  describeAnswer,
  hintOf,
  isAccepted,
  sendDelivery,
  signingSecrets,
} from './send-delivery.ts'

export type TriggerFlags = OutputFlags &
  CredentialFlags & {
    readonly to?: string
    readonly count: number
    readonly set?: readonly string[]
    readonly variant?: string
    readonly list: boolean
  }

/** Sends deliveries of a type, one after the other, and prints the answers. */
export async function runTrigger(run: CommandRun<TriggerFlags>, name: string | undefined): Promise<void> {
  const { flags, output } = run
  if (flags.list) return listNames(run)
  if (name === undefined) {
    throw usageError(
      'The event type is missing.',
      '"x-account-activity trigger --list" lists all. Example: trigger mention.',
    )
  }
  const { type, variant } = eventNamed(name)
  const build = builderOf(type, flags.variant ?? variant, flags.set ?? [])
  // What is wrong with the flags is said before anything is sent, and before a secret is asked for.
  build()
  const target = flags.to ?? defaultTarget
  const secrets = await signingSecrets(await readCredentials(run, flags), { target, output })
  for (let sent = 0; sent < flags.count && !run.signal.aborted; sent++) {
    const body = build()
    const answer = await sendDelivery(run, signedRequest(body, { ...secrets, url: target }))
    printAnswer(run, { body, target, answer })
    if (!isAccepted(answer)) {
      run.setExitCode(exitCodes.failed)
      const hint = hintOf(answer)
      if (hint !== undefined) output.note(hint)
      return
    }
  }
}

/** Builds a new body at each call. Errors in the variant or the changes are errors of the user. */
function builderOf(type: EventType, variant: string | undefined, changes: readonly string[]): () => object {
  const build = buildDelivery as (type: EventType, overrides?: Overrides, options?: { variant?: string }) => object
  const options = variant === undefined ? {} : { variant }
  return () => {
    try {
      return build(type, parseOverrides(changes, build(type, {}, options)), options)
    } catch (error) {
      if (error instanceof TypeError || error instanceof RangeError) {
        const { message } = error
        throw usageError(message.endsWith('.') ? message : `${message}.`)
      }
      throw error
    }
  }
}

interface Sent {
  readonly body: object
  readonly target: string
  readonly answer: DeliveryAnswer
}

function printAnswer({ output }: CommandRun<TriggerFlags>, { body, target, answer }: Sent): void {
  const [event] = parseDelivery(body).events
  const { type, id } = event ?? {}
  output.print({ type, id, url: target, ...answer }, () => `${describeAnswer(answer, output)}  ${id}`)
}

interface NameRow {
  readonly name: string
  readonly sends: string
  readonly variants: string
}

function listNames({ output }: CommandRun<TriggerFlags>): void {
  const kinds = activityKinds.flatMap((kind): NameRow[] => {
    const event = kindNames[kind]
    return event === undefined ? [] : [{ name: kind, sends: event.type, variants: variantsOf(event.type).join(' ') }]
  })
  const types = eventTypes.map((type) => ({ name: type, sends: type, variants: variantsOf(type).join(' ') }))
  const value = { types: eventTypes.map((type) => ({ type, variants: variantsOf(type) })), kinds: activityKinds }
  output.table(value, {
    columns: [
      { header: 'name', cell: ({ name }: NameRow) => name },
      { header: 'event type', cell: ({ sends }) => sends },
      { header: 'variants', cell: ({ variants }) => variants },
    ],
    rows: [...kinds, ...types],
    empty: 'There are no event types.',
  })
}

function variantsOf(type: EventType): readonly string[] {
  return deliveryVariants[type]
}
