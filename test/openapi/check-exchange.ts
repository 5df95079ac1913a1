import type { Check, Description, Operation } from './description.ts'
import type { Body, Exchange } from './exchange.ts'

/** The result of checking a response. */
export interface ResponseCheck {
  readonly issues: readonly string[]
  /** The type of a problem that only the earlier description allows. */
  readonly earlierProblem?: string
}

export function findOperation({ operations }: Description, { method, path }: Exchange): Operation | undefined {
  return operations.find(({ name, match }) => name.startsWith(`${method} `) && match(path) !== undefined)
}

/** Returns how a request of the client differs from the description of X. */
export function checkRequest(description: Description, exchange: Exchange): string[] {
  const operation = findOperation(description, exchange)
  if (!operation) return ['is not an operation']
  const { scheme } = exchange
  return [
    ...(scheme !== undefined && operation.security.includes(scheme)
      ? []
      : [scheme === undefined ? 'has no authentication' : `is authenticated by ${scheme}`]),
    ...checkParameters(operation, exchange),
    ...checkSent(operation, exchange.sent),
  ]
}

function checkParameters({ parameters, match }: Operation, { path, query }: Exchange): string[] {
  const inPath = new URLSearchParams(match(path))
  inPath.delete('rest')
  const given = [...query].map(([name]) => name)
  return [
    ...given
      .filter((name) => !parameters.some((one) => one.in === 'query' && one.name === name))
      .map((name) => `has ${name}`),
    ...parameters.flatMap((parameter) => {
      const value = (parameter.in === 'path' ? inPath : query).get(parameter.name)
      if (value === null) return parameter.required ? [`lacks ${parameter.name}`] : []
      return parameter.accepts(value).map((issue) => `${parameter.name}: ${issue}`)
    }),
  ]
}

function checkSent({ body }: Operation, sent: Body | undefined): string[] {
  if (!body) return sent ? ['has a body'] : []
  if (!sent) return body.required ? ['lacks a body'] : []
  return checkBody(body.types, sent)
}

/**
 * Returns how a response differs from the description of X. A problem whose type is not in the current description is
 * checked by the earlier one, which allows any type.
 */
export function checkResponse(description: Description, exchange: Exchange): ResponseCheck {
  const { status, received } = exchange
  const operation = findOperation(description, exchange)
  if (status >= 200 && status < 300) {
    const types = operation?.responseTypes.get(String(status))
    return types
      ? checkSuccess(description, types, received)
      : { issues: [`has status ${status}, which is not described`] }
  }
  // The description does not cover unknown paths and methods. Their responses must have the form of any failure.
  const types = operation
    ? operation.responseTypes.get('default')
    : new Map([['application/problem+json', description.problem]])
  const type = problemType(received)
  if (type === undefined || description.problemTypes.has(type))
    return { issues: checkBody(types ?? new Map(), received) }
  return { issues: checkBody(new Map([[received.type, description.earlierProblem]]), received), earlierProblem: type }
}

/** Checks a success. It may have problems beside its data, which are checked as those of a failure. */
function checkSuccess(description: Description, types: ReadonlyMap<string, Check>, received: Body): ResponseCheck {
  const { errors, ...rest } = readObject(received.text)
  const problems = Array.isArray(errors) ? (errors as { type?: string }[]) : []
  const earlier = problems.filter(({ type }) => type !== undefined && !description.problemTypes.has(type))
  if (earlier.length === 0) return { issues: checkBody(types, received) }
  const current = problems.filter((problem) => !earlier.includes(problem))
  const text = JSON.stringify({ ...rest, ...(current.length > 0 && { errors: current }) })
  return {
    issues: [...checkBody(types, { ...received, text }), ...earlier.flatMap(description.earlierProblem)],
    earlierProblem: earlier.map(({ type }) => type).join(' and '),
  }
}

function readObject(text: string): { readonly errors?: unknown } {
  try {
    return JSON.parse(text) as object
  } catch {
    return {}
  }
}

function problemType({ type, text }: Body): string | undefined {
  if (type !== 'application/problem+json') return undefined
  return (JSON.parse(text) as { type?: string }).type
}

function checkBody(types: ReadonlyMap<string, Check>, { type, text }: Body): string[] {
  const check = types.get(type)
  if (!check) return [`${type === '' ? 'has no body' : `is ${type}`} instead of ${[...types.keys()].join(' or ')}`]
  try {
    return check(JSON.parse(text))
  } catch {
    return ['is not JSON']
  }
}
