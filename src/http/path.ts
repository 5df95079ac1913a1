/**
 * Builds the path of a request. Each value is encoded as one segment: ``path`/2/webhooks/${id}` ``.
 *
 * @throws RangeError if a value is empty, `.` or `..`, because a URL parser would turn it into another path.
 */
export function path(literals: TemplateStringsArray, ...values: readonly string[]): string {
  return literals.reduce((done, literal, index) => `${done}${encodeSegment(values[index - 1] ?? '')}${literal}`)
}

function encodeSegment(value: string): string {
  if (value === '' || value === '.' || value === '..') {
    throw new RangeError('A path segment must not be empty, "." or "..".')
  }
  return encodeURIComponent(value)
}

/** A path without the ids in it, for messages: `/2/webhooks/:id`. */
export function pathWithoutIds(path: string): string {
  return path.replace(/(?<=.\/)\d+(?=[/.]|$)/g, ':id')
}
