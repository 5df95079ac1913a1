import { readFile } from 'node:fs/promises'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

/** Kinds of authentication, by the names that X's description gives them. */
export type Scheme = 'BearerToken' | 'UserToken' | 'OAuth2UserToken'

/** An operation of X's description, as far as it is looked at. */
export interface Operation {
  readonly name: string
  /** The version of the description that has it. */
  readonly version: string
  readonly security: readonly Scheme[]
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly required: boolean
    readonly accepts: Check
  }[]
  readonly body?: { readonly required: boolean; readonly types: ReadonlyMap<string, Check> }
  /** By status, or `default`, and by content type. */
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Check>>
  /** What a path has in the place of its parameters; nothing where the path is another. */
  match(path: string): Readonly<Record<string, string>> | undefined
}

/** What is wrong with a value; nothing when all is well. */
export type Check = (value: unknown) => string[]

/** X's published description of its API, and the parts of an earlier one that it no longer has. */
export interface Description {
  readonly operations: readonly Operation[]
  /** Problems as they are described now: a list of types, each with its members. */
  readonly problem: Check
  /** The types of problems that the list knows. */
  readonly problemTypes: ReadonlySet<string>
  /** Problems as an earlier version describes them: of any type. */
  readonly earlierProblem: Check
}

/** Reads X's OpenAPI description, with parts of an earlier one under `x-earlier`. */
export async function readDescription(path: string): Promise<Description> {
  const current = JSON.parse(await readFile(path, 'utf8')) as Document
  const { version, paths, schemas } = current['x-earlier']
  const earlier: Document = { ...current, info: { version }, paths, components: { schemas, parameters: {} } }
  const [now, then] = [createReader(current), createReader(earlier)]
  return {
    operations: [...now.operations, ...then.operations],
    problem: now.check({ $ref: '#/components/schemas/Problem' }),
    problemTypes: new Set(Object.keys(current.components.schemas.Problem?.discriminator?.mapping ?? {})),
    earlierProblem: then.check({ $ref: '#/components/schemas/Problem' }),
  }
}

function createReader(document: Document): { operations: Operation[]; check: (schema: Schema) => Check } {
  // Not strict: OpenAPI adds words of its own to JSON Schema (`discriminator`, `example`).
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true })).addSchema(document, 'description')
  const check = (schema: Schema) => describeErrors(ajv.compile(withAbsoluteRefs(schema)))
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => readOperation(document, { path, method, operation, check })),
  )
  return { operations, check }
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
      if (!found) throw new Error(`${path} has a parameter that is nowhere described`)
      return { name: found.name, in: found.in, required: found.required, accepts: check(found.schema) }
    }),
    ...(requestBody && { body: { required: requestBody.required ?? false, types: types(requestBody.content) } }),
    answers: new Map(Object.entries(responses).map(([status, { content = {} }]) => [status, types(content)])),
    match: (actual) => pattern(path).exec(actual)?.groups,
  }
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
  readonly discriminator?: { readonly mapping?: Readonly<Record<string, string>> }
  readonly [word: string]: unknown
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
    readonly paths: Paths
    readonly schemas: Readonly<Record<string, Schema>>
  }
}
