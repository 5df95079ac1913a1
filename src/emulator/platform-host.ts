import { createApp } from './accounts/apps.ts'
import { authorize } from './accounts/authorize.ts'
import { createUser } from './accounts/create-user.ts'
import { resumeExpiries } from './activities/subscribe.ts'
import { answerWithFaults } from './api/api-faults.ts'
import { readRequest } from './api/api-request.ts'
import { createRouter } from './api/router.ts'
import { createPlatform, type InitialState } from './create-platform.ts'
import { resumeRetries } from './delivery/live-delivery.ts'
import type { EmulatorOptions } from './emulator-options.ts'
import type { Platform } from './platform.ts'
import { resumeReplays } from './replay/start-replay.ts'
import type { RequestRecord } from './requests/request-log.ts'
import { UnknownRequests } from './requests/unknown-requests.ts'
import { allRoutes } from './routes/all-routes.ts'
import { readState, writeState } from './saved/saved-state.ts'
import { startCrcSchedule } from './webhooks/crc-schedule.ts'

/**
 * Holds the current platform and its API. Loading a state creates a new platform, so nothing of the one before can
 * remain.
 */
export interface PlatformHost {
  current(): Platform
  fetch(request: Request): Promise<Response>
  /** Replaces the platform by one with a saved state, when no task is pending. */
  load(saved: unknown): Promise<void>
  /** Loads the initial state. */
  reset(): Promise<void>
}

/** Creates a host whose platform has the state of the option `state`, or only an app and its owner. */
export function createPlatformHost(options: EmulatorOptions): PlatformHost {
  const unknownRequests = new UnknownRequests(options.onUnknownRequest)
  let open = openPlatform(options, readInitialState(options))
  const initial = writeState(open.platform)
  const load = async (saved: unknown) => {
    const state = readState(saved)
    await open.platform.scheduler.runDueTasks()
    open.platform.streams.closeAll()
    open = openPlatform(options, state)
  }
  return {
    current: () => open.platform,
    async fetch(request) {
      const { record, response } = await open.answer(request)
      unknownRequests.report(record, response)
      return response
    },
    load,
    reset: () => load(initial),
  }
}

function readInitialState({ state, seed }: EmulatorOptions): InitialState | undefined {
  if (state === undefined) return undefined
  if (seed !== undefined) throw new RangeError('"seed" must not be given together with "state", which contains one')
  return readState(state)
}

interface OpenPlatform {
  readonly platform: Platform
  /** Answers a request, and records it. */
  answer(request: Request): Promise<{ readonly record: RequestRecord; readonly response: Response }>
}

function openPlatform(options: EmulatorOptions, initial?: InitialState): OpenPlatform {
  const platform = createPlatform(options, initial)
  startCrcSchedule(platform)
  resumeRetries(platform)
  resumeReplays(platform)
  resumeExpiries(platform)
  const route = createRouter(platform, allRoutes)
  if (initial === undefined) addFirstApp(platform)
  return {
    platform,
    async answer(request) {
      platform.scheduler.startDueTasks()
      const pending = platform.requests.start(request, platform.clock.now())
      const response = await answerWithFaults(platform, { request, pending }, async () =>
        route(await readRequest(request), pending),
      )
      await pending.finish(response)
      return { record: pending.record, response }
    },
  }
}

function addFirstApp(platform: Platform): void {
  const owner = createUser(platform, { screenName: 'app_owner', name: 'App Owner' })
  authorize(platform, createApp(platform, { name: 'Emulated App', owner }), owner)
}
