/**
 * The path of a request, with each value encoded as one segment of it: ``path`/2/webhooks/${id}` ``.
 *
 * @throws RangeError when a value is empty, `.` or `..`: a URL parser would take them for another path.
 */
export function path(literals: TemplateStringsArray, ...values: readonly string[]): string {
  return literals.reduce((done, literal, index) => `${done}${segment(values[index - 1] ?? '')}${literal}`)
}

function segment(value: string): string {
  if (value === '' || value === '.' || value === '..') throw new RangeError('A path segment must not be empty or dots')
  return encodeURIComponent(value)
}
