import { invalidRequest, ok } from '../../api/problems.ts'
import type { AppCall, AppRoute } from '../../api/route.ts'
import type { UserState } from '../../state/tables.ts'
import { notFoundProblem } from '../v2-answers.ts'
import { userData } from './user-data.ts'

const lookup = {
  as: 'app',
  accepts: ['OAuth 2.0 Application-Only', 'OAuth 1.0a User Context', 'OAuth 2.0 User Context'],
  scopes: ['tweet.read', 'users.read'],
  rate: 900,
} as const

/** @see https://docs.x.com/x-api/users/get-user-by-id */
const showUser: AppRoute = {
  method: 'GET',
  path: '/2/users/:id',
  ...lookup,
  answer: (call) => lookUp(call, { parameter: 'id', values: [call.param('id')] }),
}

/** @see https://docs.x.com/x-api/users/get-users-by-ids */
const listUsers: AppRoute = {
  method: 'GET',
  path: '/2/users',
  ...lookup,
  answer: (call) => lookUp(call, { parameter: 'ids', values: listOf(call, 'ids') }),
}

/** @see https://docs.x.com/x-api/users/get-user-by-username */
const showUserByName: AppRoute = {
  method: 'GET',
  path: '/2/users/by/username/:username',
  ...lookup,
  answer: (call) => lookUp(call, { parameter: 'username', values: [call.param('username')] }),
}

/** @see https://docs.x.com/x-api/users/get-users-by-usernames */
const listUsersByName: AppRoute = {
  method: 'GET',
  path: '/2/users/by',
  ...lookup,
  answer: (call) => lookUp(call, { parameter: 'usernames', values: listOf(call, 'usernames') }),
}

/** The lookups of users in v2. The path `/2/users/by` comes before the one with an id. */
export const v2UserRoutes: readonly AppRoute[] = [listUsers, listUsersByName, showUserByName, showUser]

interface UserLookup {
  readonly parameter: 'id' | 'ids' | 'username' | 'usernames'
  readonly values: readonly string[]
}

const maxValues = 100

function lookUp({ platform: { state }, request }: AppCall, { parameter, values }: UserLookup): Response {
  const isByName = parameter.startsWith('username')
  const malformed = values.find((value) => !(isByName ? /^\w{1,15}$/ : /^\d{1,19}$/).test(value))
  if (malformed !== undefined || values.length === 0) {
    return invalidRequest(`The \`${parameter}\` query parameter value [${malformed ?? ''}] is not valid`)
  }
  if (values.length > maxValues) {
    return invalidRequest(
      `The number of values in the \`${parameter}\` query parameter list [${values.length}] is not between 1 and 100`,
    )
  }
  const fields = request.url.searchParams.get('user.fields') ?? ''
  const find = (value: string): UserState | undefined => (isByName ? state.userByName(value) : state.users.get(value))
  const data = values.flatMap((value) => {
    const user = find(value)
    return user ? [userData(user, fields)] : []
  })
  const problem = data.find((one) => typeof one === 'string')
  if (problem !== undefined) return invalidRequest(problem)
  const errors = values
    .filter((value) => !find(value))
    .map((value) => notFoundProblem({ resource: 'user', parameter, value }))
  const isList = parameter.endsWith('s')
  return ok({ ...(data.length > 0 && { data: isList ? data : data[0] }), ...(errors.length > 0 && { errors }) })
}

function listOf({ request }: AppCall, parameter: string): string[] {
  return request.url.searchParams.get(parameter)?.split(',') ?? []
}
