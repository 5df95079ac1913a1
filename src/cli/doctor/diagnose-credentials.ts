import { type Client, createBearerToken, createClient, type UserCredentials } from '../../entries/index.ts'
import { type CredentialCheckId, credentialChecks } from './check-titles.ts'
import { checkClock, type TimeSample } from './checks/clock.ts'
import {
  type Called,
  checkAppKeys,
  checkAppOnly,
  checkBearerToken,
  checkPermission,
  checkSubscriptions,
  checkUserContext,
  checkWebhooks,
} from './checks/credentials.ts'
import { type CheckResult, createReport, type DoctorReport } from './finding.ts'

/** The options of {@link diagnoseCredentials}. */
export interface DiagnoseCredentialsOptions {
  /** The consumer key ("API key") of the app. */
  readonly consumerKey: string
  /** The consumer secret ("API key secret") of the app. */
  readonly consumerSecret: string
  /**
   * The bearer token of the app.
   *
   * @defaultValue the client gets one with the keys of the app
   */
  readonly bearerToken?: string | undefined
  /**
   * The OAuth 1.0a token of a user.
   *
   * @defaultValue the checks in user context are skipped
   */
  readonly user?: UserCredentials | undefined
  /**
   * The base URL of the API.
   *
   * @defaultValue `https://api.x.com`
   */
  readonly baseUrl?: string | undefined
  /**
   * Sends a request.
   *
   * @defaultValue the global `fetch`
   */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
  /**
   * The clock: milliseconds since 1970.
   *
   * @defaultValue `Date.now`
   */
  readonly now?: (() => number) | undefined
  /**
   * Ends the diagnosis.
   *
   * @defaultValue no signal
   */
  readonly signal?: AbortSignal | undefined
  /**
   * Called with the result of each check when it is there.
   *
   * @defaultValue not called
   */
  readonly onResult?: ((id: CredentialCheckId, result: CheckResult) => void) | undefined
}

/** What the doctor found out about the credentials. */
export type CredentialsReport = DoctorReport<CredentialCheckId>

/**
 * Tries the credentials of an app on the API with the client of this package, and reports each point. It changes nothing
 * at X. What X answers is always a finding, never an exception.
 *
 * @throws TypeError or RangeError when a credential is missing or malformed.
 * @throws the reason of `signal` when it aborts.
 */
export async function diagnoseCredentials(options: DiagnoseCredentialsOptions): Promise<CredentialsReport> {
  const { signal, user } = options
  const results = new Map<CredentialCheckId, CheckResult>()
  const note = (id: CredentialCheckId, result: CheckResult) => {
    results.set(id, result)
    options.onResult?.(id, result)
  }
  const calls = createCalls(options)
  note('app_keys', checkAppKeys(await calls.token()))
  const webhooks = await calls.webhooks()
  note('bearer_token', checkBearerToken(options.bearerToken !== undefined, calls.firstStatusOf('webhooks.list')))
  note('app_only', checkAppOnly(webhooks))
  note('webhooks', checkWebhooks(webhooks))
  if ('value' in webhooks) note('subscriptions', checkSubscriptions(await calls.count()))
  const [webhook] = 'value' in webhooks ? webhooks.value : []
  const subscription = user === undefined ? undefined : await calls.isSubscribed(webhook?.id ?? unknownWebhook)
  note('user_context', checkUserContext(subscription))
  note('permission', checkPermission(subscription, calls.accessLevel()))
  note('clock', checkClock(calls.samples, 'X'))
  signal?.throwIfAborted()
  return createReport(credentialChecks, results, 'An app-only call fails.')
}

/** X refuses this id as unknown, but only after it has accepted the user. */
const unknownWebhook = '1'

/** The calls of the diagnosis, and what their responses say beside their bodies. */
function createCalls(options: DiagnoseCredentialsOptions) {
  const { consumerKey, consumerSecret, bearerToken, user, baseUrl, now = Date.now, signal } = options
  const { fetch = globalThis.fetch } = options
  const samples: TimeSample[] = []
  const firstStatuses = new Map<string, number>()
  let accessLevel: string | undefined
  const transport = {
    retry: false,
    now,
    ...(baseUrl !== undefined && { baseUrl }),
    fetch: async (url: string, init: RequestInit) => {
      const startedAt = now()
      const response = await fetch(url, init)
      const date = response.headers.get('date') ?? undefined
      samples.push({ date, startedAt, durationMs: now() - startedAt })
      return response
    },
  } as const
  const client: Client = createClient({
    consumerKey,
    consumerSecret,
    ...(bearerToken !== undefined && { bearerToken }),
    ...(user !== undefined && { user }),
    ...transport,
    hooks: {
      onResponse: ({ endpoint, outcome, accessLevel: level }) => {
        if (typeof outcome === 'number' && !firstStatuses.has(endpoint)) firstStatuses.set(endpoint, outcome)
        if (endpoint === 'subscriptions.check') accessLevel = level
      },
    },
  })
  const call = async <T>(send: () => Promise<T>): Promise<Called<T>> => {
    try {
      return { value: await send() }
    } catch (error) {
      signal?.throwIfAborted()
      return { error }
    }
  }
  return {
    samples,
    firstStatusOf: (endpoint: string) => firstStatuses.get(endpoint),
    accessLevel: () => accessLevel,
    token: () => call(() => createBearerToken({ consumerKey, consumerSecret }, { ...transport, signal })),
    webhooks: () => call(() => client.webhooks.list({ signal })),
    count: () => call(() => client.subscriptions.count({ signal })),
    isSubscribed: (webhookId: string) => call(() => client.subscriptions.check(webhookId, { signal })),
  }
}
