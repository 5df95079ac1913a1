/** Where a member is in a value. */
export type Path = readonly (string | number)[]

/** Values of the wrong type for any member. The members of objects have names that conversions look up. */
export const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  2 ** 60,
  '',
  'odd',
  '\ud800',
  [],
  [null],
  [[['deep']]],
  {},
  { length: 1 },
  { length: { toString: 1 } },
  { length: { valueOf: 1, toString: 1 } },
  { toString: 1, valueOf: 1, toJSON: 1, length: {} },
  { toString: null, valueOf: null, constructor: { name: 1 }, hasOwnProperty: 1 },
  JSON.parse('{"__proto__":{"id":1},"id":{"toString":1},"id_str":{"length":{"toString":1}}}'),
]

/** The paths of all members of a value, on every level. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))]
}

/** A copy of a value in which the member at a path is another one. */
export function withMember(value: unknown, [key, ...rest]: Path, member: unknown): unknown {
  if (key === undefined) return member
  if (Array.isArray(value))
    return value.map((one, index) => (String(index) === key ? withMember(one, rest, member) : one))
  return { ...(value as object), [key]: withMember((value as Record<string, unknown>)[key], rest, member) }
}
