import type { ActionError } from '../actions/action-error.ts'
import { forbidden, invalidRequest, json, type Problem, problemType } from '../api/problems.ts'
import type { UserCall } from '../api/route.ts'

// The answers of v2 that the routes of posts, users and messages share.

/** An object that a lookup of v2 asks for. */
interface Lookup {
  readonly resource: 'user' | 'tweet'
  /** The parameter that names the object. */
  readonly parameter: 'id' | 'ids' | 'username' | 'usernames'
  readonly value: string
}

/** A problem in the answer to a lookup: the object does not exist. X answers with status 200. */
export function notFoundProblem({ resource, parameter, value }: Lookup): Problem {
  return {
    value,
    detail: `Could not find ${resource} with ${parameter}: [${value}].`,
    title: 'Not Found Error',
    resource_type: resource,
    parameter,
    resource_id: value,
    type: problemType('resource-not-found'),
  }
}

/** A problem in the answer to a lookup: the post of a protected account. */
export function notAuthorizedProblem({ resource, parameter, value }: Lookup): Problem {
  return {
    value,
    detail: `Sorry, you are not authorized to see the Tweet with ${parameter}: [${value}].`,
    title: 'Authorization Error',
    resource_type: resource,
    parameter,
    resource_id: value,
    type: problemType('not-authorized-for-resource'),
  }
}

/** The object that an action is about does not exist. No answer of X is recorded for all actions. */
export function targetNotFound(lookup: Lookup): Response {
  return json(404, { ...notFoundProblem(lookup), status: 404 }, 'application/problem+json; charset=utf-8')
}

/** Refuses a call whose path names another user than the token. Returns `undefined` when it is the same. */
export function refuseOtherUser(call: UserCall): Response | undefined {
  const id = call.param('id')
  if (id === call.user.id) return undefined
  return invalidRequest(
    `The \`id\` query parameter value [${id}] must be the same as the authenticating user [${call.user.id}]`,
  )
}

/** An action that X does not allow, by its problem. What was done before is answered as a success. */
export function actionRefused({ problem }: ActionError, lookup: Lookup, words: { readonly blocked: string }): Response {
  switch (problem) {
    case 'not-found':
      return targetNotFound(lookup)
    case 'not-own':
      return forbidden('You are not authorized to delete this Tweet.')
    case 'self':
      return invalidRequest('You cannot do this to your own account.')
    case 'blocked':
    case 'blocking':
      return forbidden(words.blocked)
    case 'already-done':
    case 'not-done':
      return forbidden('You are not permitted to perform this action.')
    default:
      return problem satisfies never
  }
}
