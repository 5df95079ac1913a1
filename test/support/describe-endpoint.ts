import { describe, expect, test } from 'vitest'
import type { AccountActivityClient } from '../../src/client/account-activity-client.ts'
import { type Client, createClient } from '../../src/client/create-client.ts'
import { createEnterpriseClient, type EnterpriseClient } from '../../src/client/create-enterprise-client.ts'
import { createPremiumClient, type PremiumClient } from '../../src/client/create-premium-client.ts'
import { ApiError } from '../../src/errors/api-error.ts'
import type { Endpoint } from '../../src/errors/reasons.ts'
import { ResponseError } from '../../src/errors/response-error.ts'
import { invalidIds, invalidOptions } from './endpoint-values.ts'
import { expectSigned } from './signed-by.ts'
import { patientOptions, type Script, secrets, type XApi } from './x-api.ts'

/** What the tests of one endpoint need to know. */
export interface EndpointCases<C extends AccountActivityClient> {
  readonly call: (client: C, options?: object) => Promise<unknown>
  /** Method, path and query of the request. */
  readonly sends: string
  /** The JSON body of the request. Without it, the request must not have a body. */
  readonly body?: unknown
  /** Whether the request has an OAuth 1.0a signature. Otherwise it must have the bearer token of the app. */
  readonly isSigned?: boolean
  /** Each successful response, and the result of the call. */
  readonly accepts: readonly (readonly [Script, unknown])[]
  /** Each 2xx in a form that X does not document, and the paths that are wrong. */
  readonly rejects: readonly (readonly [Script, readonly string[]])[]
  /** HTTP status, numeric code and message of X; the reason, and a part of the hint. */
  readonly fails?: readonly (readonly [number, number, string, string, RegExp])[]
  /** For each argument that is an id, the call with an invalid one. */
  readonly ids?: Readonly<Record<string, (client: C, invalid: string) => Promise<unknown>>>
}

/** Runs the tests that every v2 endpoint has. */
export function describeV2(x: XApi, endpoint: Endpoint, cases: EndpointCases<Client>): void {
  describeEndpoint(x, endpoint, () => createClient(patientOptions()), cases)
  test(`${endpoint}: rejects a 200 with errors and without data`, async () => {
    x.answers({
      json: { errors: [{ title: 'Not Found Error', type: 'https://api.x.com/2/problems/resource-not-found' }] },
    })
    const call = cases.call(createClient(patientOptions()))
    if (endpoint === 'subscriptions.check') return expect(await call).toBe(false)
    const error: unknown = await call.catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ endpoint, status: 200, reason: 'NotFound' })
  })
}

/** The premium API, for the environment `Dev-1`. */
export const createPremium = (): PremiumClient => createPremiumClient({ ...patientOptions(), environment: 'Dev-1' })
/** The enterprise API. */
export const createEnterprise = (): EnterpriseClient => createEnterpriseClient(patientOptions())

/** A value for each of the v1.1 APIs. */
export interface PerApi<T> {
  readonly premium: T
  readonly enterprise: T
}

/** The same value for both v1.1 APIs. */
export const both = <T>(value: T): PerApi<T> => ({ premium: value, enterprise: value })

/** What the tests of one v1.1 endpoint need to know. */
export interface LegacyCases<C extends AccountActivityClient>
  extends Omit<EndpointCases<C>, 'sends' | 'accepts' | 'body'> {
  readonly sends: PerApi<string>
  readonly accepts: PerApi<EndpointCases<C>['accepts']>
}

/** Runs the tests that every v1.1 endpoint has, with the premium and the enterprise API. */
export function describeV1(
  x: XApi,
  endpoint: Endpoint,
  { sends, accepts, ...cases }: LegacyCases<PremiumClient | EnterpriseClient>,
): void {
  describe('premium', () =>
    describeEndpoint(x, endpoint, createPremium, { ...cases, sends: sends.premium, accepts: accepts.premium }))
  describe('enterprise', () =>
    describeEndpoint(x, endpoint, createEnterprise, { ...cases, sends: sends.enterprise, accepts: accepts.enterprise }))
}

/** Responses to a v1.1 call without a result, which all mean success. */
export const doneResponses: readonly Script[] = [{ status: 204 }, { text: '' }, { json: {} }]

/** Failures that every v1.1 endpoint has. */
export const commonFailures = [
  [401, 32, 'Could not authenticate you.', 'Unauthorized', /spelling of the environment/],
  [403, 200, 'Forbidden.', 'Forbidden', /spelling of the environment/],
  [401, 89, 'Invalid or expired token.', 'Unauthorized', /authorise the app again/],
  [403, 220, 'Your credentials do not allow access to this resource.', 'Forbidden', /other kind of authentication/],
  [429, 88, 'Rate limit exceeded.', 'RateLimited', /rate limit/],
  [500, 0, 'Internal error.', 'ServerError', /Try again later/],
  [500, 131, 'Internal error.', 'ServerError', /Try again later/],
  [503, 130, 'Over capacity.', 'ServerError', /Try again later/],
  [503, 67, 'A dependency is unavailable.', 'ServerError', /Try again later/],
] as const

/** The message of code 34. */
export const noSuchPage = 'Sorry, that page does not exist.'

/** Runs the tests that every endpoint has. */
export function describeEndpoint<C extends AccountActivityClient>(
  x: XApi,
  endpoint: Endpoint,
  createClient: () => C,
  { call, sends, body, isSigned = false, accepts, rejects, fails = [], ids = {} }: EndpointCases<C>,
): void {
  describe(endpoint, () => {
    test('sends the request that X documents', async () => {
      x.answers((accepts[0] as readonly [Script, unknown])[0])
      await call(createClient())
      const [request] = x.requests
      expect(`${request?.method} ${request?.path}`).toBe(sends)
      expect(request?.body).toBe(body === undefined ? '' : JSON.stringify(body))
      expect(request?.contentType).toBe(body === undefined ? null : 'application/json')
      if (isSigned) expectSigned(request)
      else expect(request?.authorization).toBe(`Bearer ${secrets.bearerToken}`)
    })

    test.each(accepts)('accepts %j', async (script, result) => {
      x.answers(script)
      expect(await call(createClient())).toEqual(result)
    })

    test.each(rejects)('rejects with a ResponseError for %j', async (script, paths) => {
      x.answers(script)
      const error: unknown = await call(createClient()).catch((thrown) => thrown)
      expect(error).toBeInstanceOf(ResponseError)
      expect(error).toMatchObject({ endpoint, status: script.status ?? 200 })
      expect((error as ResponseError).issues.map((issue) => issue.path.join('.'))).toEqual(paths)
    })

    test.each(fails)('rejects with a reason and a hint for HTTP %s, code %s, %s', async (...failure) => {
      const [status, code, message, reason, hint] = failure
      const refusal = { status, json: { errors: [{ code, message }] } }
      const isRetried = status === 429 || (status >= 500 && !/^(webhooks|replay)\.create$/.test(endpoint))
      x.answers(...Array<Script>(isRetried ? 4 : 1).fill(refusal), ...renewal(isSigned, status, refusal))
      await expect(call(createClient())).rejects.toMatchObject({
        name: 'ApiError',
        endpoint,
        status,
        reason,
        platformCodes: [code],
        hint: expect.stringMatching(hint),
      })
    })

    describe.each(Object.entries(ids))('refuses an invalid %s and sends nothing', (name, callWith) => {
      test.each(invalidIds)('%s', async (_, value, Expected) => {
        const error: unknown = await callWith(createClient(), value as string).catch((thrown) => thrown)
        expect(error).toBeInstanceOf(Expected)
        expect((error as Error).message).toMatch(`"${name}" must`)
        expect(x.requests).toEqual([])
      })
    })

    test.each(invalidOptions)('refuses %s and sends nothing', async (_, options) => {
      await expect(call(createClient(), options as object)).rejects.toThrow(TypeError)
      expect(x.requests).toEqual([])
    })
  })
}

/** After a 401, an app-only call gets a new bearer token and is sent once more. */
function renewal(isSigned: boolean, status: number, refusal: Script): Script[] {
  if (isSigned || status !== 401) return []
  return [{ json: { token_type: 'bearer', access_token: 'AAAAnew' } }, refusal]
}
