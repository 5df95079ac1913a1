/**
 * Reads text members of a JSON body.
 *
 * @param names - The members. Each is required, and must not be empty.
 * @returns The members, or the problem with the body in one sentence.
 */
export function readFields<const Name extends string>(
  body: string,
  names: readonly Name[],
): { readonly [Key in Name]: string } | string {
  const value = parseJson(body)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'The body must be a JSON object'
  const fields: Record<string, string> = {}
  for (const name of names) {
    const field: unknown = Object.hasOwn(value, name) ? value[name as keyof typeof value] : undefined
    if (field === undefined) return `$.${name}: is missing but it is required`
    if (typeof field !== 'string' || field === '') return `$.${name}: must be a string that is not empty`
    fields[name] = field
  }
  return fields as { [Key in Name]: string }
}

/** The value of a JSON body. `undefined` when it is not valid JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
