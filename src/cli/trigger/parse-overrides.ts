import { usageError } from '../cli-error.ts'

/** Members of a body, by key or index. */
export interface Overrides {
  readonly [key: string]: unknown
}

/**
 * Reads changes of a body as people write them: `tweet_create_events[0].text=hi`. A value is JSON where it can be read as
 * JSON, and text otherwise. It is text, too, where the body has a text: an id made of digits remains a string.
 *
 * @throws CliError with exit code 2 when one does not have this form.
 */
export function parseOverrides(texts: readonly string[], body: object): Overrides {
  const overrides: Record<string, unknown> = {}
  for (const text of texts) {
    const [, path = '', value = ''] = /^((?:[\w-]+|\.[\w-]+|\[\d+\])+)=(.*)$/s.exec(text) ?? []
    const keys = path.split(/[.[\]]+/).filter((key) => key !== '')
    if (keys.length === 0 || keys.includes('__proto__')) throw overrideError(text)
    setAt(overrides, keys, parseValue(value, valueAt(body, keys)), text)
  }
  return overrides
}

function setAt(target: Record<string, unknown>, keys: readonly string[], value: unknown, text: string): void {
  const [key = '', ...rest] = keys
  if (rest.length === 0) {
    target[key] = value
    return
  }
  const inner = Object.hasOwn(target, key) ? target[key] : {}
  if (typeof inner !== 'object' || inner === null) throw overrideError(text)
  target[key] = inner
  setAt(inner as Record<string, unknown>, rest, value, text)
}

function parseValue(text: string, current: unknown): unknown {
  if (typeof current === 'string' && !text.startsWith('"')) return text
  try {
    const value: unknown = JSON.parse(text)
    // JavaScript would round it.
    return typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value
  } catch {
    return text
  }
}

function valueAt(body: object, keys: readonly string[]): unknown {
  let value: unknown = body
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return value
}

function overrideError(text: string) {
  return usageError(
    `"${text}" does not change a body.`,
    "Write a path and a value: --set 'tweet_create_events[0].text=Good morning'.",
  )
}
