import type { Check, Description, Operation } from './description.ts'
import type { Body, Exchange } from './exchange.ts'

/** What came of the check of an answer. */
export interface Verdict {
  readonly faults: readonly string[]
  /** The type of a problem that only the earlier description admits. */
  readonly earlierProblem?: string
}

export function operationOf({ operations }: Description, { method, path }: Exchange): Operation | undefined {
  return operations.find(({ name, match }) => name.startsWith(`${method} `) && match(path) !== undefined)
}

/** What X's description has against a request that the client made. */
export function checkRequest(description: Description, exchange: Exchange): string[] {
  const operation = operationOf(description, exchange)
  if (!operation) return ['is no operation']
  const { scheme } = exchange
  return [
    ...(scheme !== undefined && operation.security.includes(scheme)
      ? []
      : [`is authenticated by ${scheme ?? 'nothing'}`]),
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
      return parameter.accepts(value).map((fault) => `${parameter.name}: ${fault}`)
    }),
  ]
}

function checkSent({ body }: Operation, sent: Body | undefined): string[] {
  if (!body) return sent ? ['has a body'] : []
  if (!sent) return body.required ? ['lacks a body'] : []
  return checkBody(body.types, sent)
}

/**
 * What X's description has against an answer. Problems of a type that the list of today does not know are held against
 * the earlier description, which takes any type.
 */
export function checkAnswer(description: Description, exchange: Exchange): Verdict {
  const { status, answer } = exchange
  const operation = operationOf(description, exchange)
  if (status >= 200 && status < 300) {
    const types = operation?.answers.get(String(status))
    return { faults: types ? checkBody(types, answer) : [`has status ${status}, which is not described`] }
  }
  // The description says nothing about paths and methods that are not there; they are answered as all failures are.
  const types = operation
    ? operation.answers.get('default')
    : new Map([['application/problem+json', description.problem]])
  const type = problemType(answer)
  if (type === undefined || description.problemTypes.has(type)) return { faults: checkBody(types ?? new Map(), answer) }
  return { faults: checkBody(new Map([[answer.type, description.earlierProblem]]), answer), earlierProblem: type }
}

function problemType({ type, text }: Body): string | undefined {
  if (type !== 'application/problem+json') return undefined
  return (JSON.parse(text) as { type?: string }).type
}

function checkBody(types: ReadonlyMap<string, Check>, { type, text }: Body): string[] {
  const check = types.get(type)
  if (!check) return [`is ${type || 'nothing'} instead of ${[...types.keys()].join(' or ')}`]
  try {
    return check(JSON.parse(text))
  } catch {
    return ['is not JSON']
  }
}
