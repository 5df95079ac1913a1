import { readFile } from 'node:fs/promises'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

/** The kinds of authentication, with their names in the description of X. */
export type Scheme = 'BearerToken' | 'UserToken' | 'OAuth2UserToken'

/** An operation in the description of X. */
export interface Operation {
  readonly name: string
  /** The version of the description that contains the operation. */
  readonly version: string
  readonly security: readonly Scheme[]
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly required: boolean
    readonly accepts: Check
  }[]
  readonly body?: { readonly required: boolean; readonly types: ReadonlyMap<string, Check> }
  /** The checks for each status or `default`, and for each content type. */
  readonly responseTypes: ReadonlyMap<string, ReadonlyMap<string, Check>>
  /** The values of the path parameters. `undefined` if the path does not match. */
  match(path: string): Readonly<Record<string, string>> | undefined
}

/** Returns what is wrong with a value. Empty if the value is valid. */
export type Check = (value: unknown) => string[]

/** The published description of the API of X, with parts of an earlier version that the current one does not have. */
export interface Description {
  readonly operations: readonly Operation[]
  /** Checks a problem by the current description: a list of types, each with its members. */
  readonly problem: Check
  /** The types of problems in the current description. */
  readonly problemTypes: ReadonlySet<string>
  /** Checks a problem by the earlier description, which allows any type. */
  readonly earlierProblem: Check
}

/**
 * Reads the OpenAPI descriptions of X, each of which may be an excerpt. The last one that has an operation describes it. The
 * first one describes problems.
 */
export async function readDescriptions(path: string, ...more: readonly string[]): Promise<Description> {
  const first = await readDescription(path)
  const others = await Promise.all(more.map(readDescription))
  const operations = new Map([first, ...others].flatMap((one) => one.operations).map((one) => [one.name, one]))
  return { ...first, operations: [...operations.values()] }
}

/** Reads an OpenAPI description of X. Parts of an earlier version may be under `x-earlier`. */
async function readDescription(path: string): Promise<Description> {
  const current = JSON.parse(await readFile(path, 'utf8')) as Document
  const { version, paths, schemas } = current['x-earlier']
  // An excerpt without earlier operations has no description of problems of its own.
  const earlier: Document =
    paths === undefined
      ? { ...current, paths: {} }
      : { ...current, info: { version }, paths, components: { schemas, parameters: {} } }
  const [currentReader, earlierReader] = [createReader(current), createReader(earlier)]
  return {
    operations: [...currentReader.operations, ...earlierReader.operations],
    problem: currentReader.check({ $ref: '#/components/schemas/Problem' }),
    problemTypes: new Set(Object.keys(current.components.schemas.Problem?.discriminator?.mapping ?? {})),
    earlierProblem: earlierReader.check({ $ref: '#/components/schemas/Problem' }),
  }
}

function createReader(document: Document): { operations: Operation[]; check: (schema: Schema) => Check } {
  // Not strict, because OpenAPI adds keywords to JSON Schema (`discriminator`, `example`).
  const ajv = addFormats
    .default(new Ajv({ strict: false, allErrors: true }))
    .addSchema(withOpenChoices(document), 'description')
  const check = (schema: Schema) => describeErrors(ajv.compile(withAbsoluteRefs(schema)))
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => readOperation(document, { path, method, operation, check })),
  )
  return { operations, check }
}

/**
 * A choice whose discriminator is outside of the object, such as `../event_type`, says nothing to a validator: a payload
 * may match several of its schemas.
 */
function withOpenChoices(document: Document): object {
  return JSON.parse(JSON.stringify(document), (_, value: unknown) => {
    const { oneOf, ...rest } = Object(value) as Schema & { readonly oneOf?: unknown }
    return rest.discriminator?.propertyName?.startsWith('../') ? { ...rest, anyOf: oneOf } : value
  }) as object
}

function readOperation(
  { info, components }: Document,
  {
    path,
    method,
    operation,
    check,
  }: { path: string; method: string; operation: RawOperation; check: (schema: Schema) => Check },
): Operation {
  const { requestBody, parameters = [], responses, security } = operation
  const types = (content: Content) =>
    new Map(Object.entries(content).map(([type, { schema }]) => [type, check(schema)]))
  return {
    name: `${method.toUpperCase()} ${path}`,
    version: info.version,
    security: security.flatMap((kinds) => Object.keys(kinds) as Scheme[]),
    parameters: parameters.map((given) => {
      const found = '$ref' in given ? components.parameters[given.$ref.split('/').at(-1) ?? ''] : given
      if (!found) throw new Error(`The description of ${path} has a parameter without a definition.`)
      return {
        name: found.name,
        in: found.in,
        required: found.required,
        accepts: checkText(found.schema, check(found.schema)),
      }
    }),
    ...(requestBody && { body: { required: requestBody.required ?? false, types: types(requestBody.content) } }),
    responseTypes: new Map(Object.entries(responses).map(([status, { content = {} }]) => [status, types(content)])),
    match: (actual) => pattern(path).exec(actual)?.groups,
  }
}

/** Checks the text of a parameter. A list is joined by commas. */
function checkText({ type }: Schema, check: Check): Check {
  if (type === 'array') return (text) => check(String(text).split(','))
  if (type === 'boolean') return (text) => check({ true: true, false: false }[String(text)] ?? text)
  return type === 'integer' ? (text) => check(Number(text)) : check
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}(?<rest>)$`)
}

function withAbsoluteRefs(schema: Schema): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"description#/')) as object
}

function describeErrors(validate: ValidateFunction): Check {
  return (value) =>
    validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`)
}

interface Schema {
  readonly discriminator?: { readonly propertyName?: string; readonly mapping?: Readonly<Record<string, string>> }
  readonly [keyword: string]: unknown
}

type Content = Readonly<Record<string, { readonly schema: Schema }>>

interface RawParameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly schema: Schema
}

interface RawOperation {
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly (RawParameter | { readonly $ref: string })[]
  readonly requestBody?: { readonly required?: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

type Paths = Readonly<Record<string, Readonly<Record<string, RawOperation>>>>

interface Document {
  readonly info: { readonly version: string }
  readonly paths: Paths
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly parameters: Readonly<Record<string, RawParameter>>
  }
  readonly 'x-earlier': {
    readonly version: string
    readonly paths?: Paths
    readonly schemas: Readonly<Record<string, Schema>>
  }
}
