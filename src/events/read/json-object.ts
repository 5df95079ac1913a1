/** A JSON object whose members are not known. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a value is a JSON object: not null and not an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The value of an own member, or `undefined`. Keys come from X, so a key such as `constructor` must not be inherited.
 */
export function getOwn(object: JsonObject, key: string): unknown {
  const value = object[key]
  return value !== undefined && Object.hasOwn(object, key) ? value : undefined
}
