import type { ActivityEvent, EventOf } from '../../entries/events.ts'
import { fileName, handlerName } from './event-names.ts'
import { toText, typeOfJson } from './json-type.ts'
import { isJsonObject } from './json-with-comments.ts'
import type { Language } from './options.ts'
import type { GeneratedFile } from './templates/context.ts'
import { describeEventHandler, handlerText } from './templates/handler.ts'

/** A handler for each type of event of a delivery. The handlers of types that this package does not know check the payload. */
export function deliveryHandlers(events: readonly ActivityEvent[], language: Language): readonly GeneratedFile[] {
  const byName = new Map(events.map((event) => [nameOf(event), event]))
  return [...byName].map(([name, event]) => ({
    path: `${fileName(name)}${language === 'typescript' ? '.ts' : '.js'}`,
    text:
      event.type === 'unknown'
        ? unknownHandler(name, event, language === 'typescript')
        : handlerText(describeEventHandler(handlerName(name), event.type), language === 'typescript'),
  }))
}

function nameOf(event: ActivityEvent): string {
  return event.type === 'unknown' ? (event.key ?? 'unknown') : event.type
}

/** A handler of an event of another type: its payload has the type of the one that was saved. */
function unknownHandler(name: string, { key, payload }: EventOf<'unknown'>, isTypeScript: boolean): string {
  const handler = handlerName(name)
  const type = `${handler.slice(2)}Payload`
  const condition =
    key === undefined ? `!is${type}(event.payload)` : `event.key !== ${toText(key)} || !is${type}(event.payload)`
  const lines = isTypeScript
    ? [
        "import type { EventOf } from 'x-account-activity/events'",
        "import type { Handler } from 'x-account-activity/receiver'",
        '',
        '/** The payload, with the members of the one that was saved. */',
        `export type ${type} = ${typeOfJson(payload)}`,
        '',
        '/** An event of a type that the package does not know. */',
        `export const ${handler}: Handler<EventOf<'unknown'>> = (event) => {`,
      ]
    : [
        "/** @import { EventOf } from 'x-account-activity/events' */",
        "/** @import { Handler } from 'x-account-activity/receiver' */",
        '',
        '/**',
        ' * An event of a type that the package does not know.',
        ' *',
        " * @type {Handler<EventOf<'unknown'>>}",
        ' */',
        `export const ${handler} = (event) => {`,
      ]
  return [
    ...lines,
    `  if (${condition}) return`,
    '  console.log(event.id, event.payload)',
    '}',
    '',
    isTypeScript ? `function is${type}(payload: unknown): payload is ${type} {` : `function is${type}(payload) {`,
    ...payloadCheck(payload),
    '}',
    '',
  ].join('\n')
}

/** The lines that check that a payload has the members of the one that was saved. */
function payloadCheck(payload: unknown): string[] {
  if (!isJsonObject(payload)) return [`  return typeof payload === '${typeof payload}'`]
  const names = Object.keys(payload).map(toText)
  return [
    "  if (typeof payload !== 'object' || payload === null) return false",
    `  return [${names.join(', ')}].every((name) => name in payload)`,
  ]
}
