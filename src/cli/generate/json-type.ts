import { isJsonObject } from './json-with-comments.ts'

/** The TypeScript type of a JSON value. `indent` is that of the line it begins on. */
export function typeOfJson(value: unknown, indent = ''): string {
  return unionOf(typesOfAll([value], indent))
}

function unionOf(types: readonly string[]): string {
  return types.length === 0 ? 'unknown' : types.join(' | ')
}

/** The types that the values have: a union. Members that only some objects have are optional. */
function typesOfAll(values: readonly unknown[], indent: string): readonly string[] {
  const objects = values.filter(isJsonObject)
  const lists = values.filter((value) => Array.isArray(value))
  const kinds = [
    ...new Set(values.filter((value) => !isJsonObject(value) && !Array.isArray(value)).map(typeOfScalar)),
    ...(lists.length > 0 ? [typeOfList(lists.flat(), indent)] : []),
    ...(objects.length > 0 ? [typeOfObjects(objects, indent)] : []),
  ]
  return kinds
}

function typeOfScalar(value: unknown): string {
  return value === null ? 'null' : typeof value
}

function typeOfList(items: readonly unknown[], indent: string): string {
  const types = typesOfAll(items, indent)
  return types.length > 1 ? `readonly (${unionOf(types)})[]` : `readonly ${unionOf(types)}[]`
}

function typeOfObjects(objects: readonly Readonly<Record<string, unknown>>[], indent: string): string {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))]
  if (names.length === 0) return 'Readonly<Record<string, unknown>>'
  const members = names.map((name) => {
    const having = objects.filter((object) => Object.hasOwn(object, name))
    const mark = having.length < objects.length ? '?' : ''
    const values = having.map((object) => object[name])
    const type = unionOf(typesOfAll(values, `${indent}  `))
    return `${indent}  readonly ${memberName(name)}${mark}: ${type}\n`
  })
  return `{\n${members.join('')}${indent}}`
}

function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : toText(name)
}

/** A text as source code, in single quotes. */
export function toText(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}
