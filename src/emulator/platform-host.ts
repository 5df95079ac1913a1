import { createApp } from './accounts/apps.ts'
import { authorize } from './accounts/authorize.ts'
import { createUser } from './accounts/create-user.ts'
import { answerWithFaults } from './api/api-faults.ts'
import { readRequest } from './api/api-request.ts'
import { createRouter } from './api/router.ts'
import { createPlatform, type Start } from './create-platform.ts'
import { resumeRetries } from './delivery/live-delivery.ts'
import type { EmulatorOptions } from './emulator-options.ts'
import type { Platform } from './platform.ts'
import { resumeReplays } from './replay/start-replay.ts'
import { allRoutes } from './routes/all-routes.ts'
import { readState, writeState } from './saved/saved-state.ts'
import { startCrcSchedule } from './webhooks/crc-schedule.ts'

/**
 * The platform that is, and its API. Whoever loads another state gets another platform: nothing of the one before can be
 * left behind.
 */
export interface PlatformHost {
  current(): Platform
  fetch(request: Request): Promise<Response>
  /** Puts a saved state in the place of everything, once nothing is under way. */
  load(saved: unknown): Promise<void>
  /** Loads what there was in the beginning. */
  reset(): Promise<void>
}

/** A world as it was saved, or one in which there is nothing but an app and the account that owns it. */
export function createPlatformHost(options: EmulatorOptions): PlatformHost {
  let open = openPlatform(options, readStart(options))
  const beginning = writeState(open.platform)
  const load = async (saved: unknown) => {
    const start = readState(saved)
    await open.platform.scheduler.runDueTasks()
    open = openPlatform(options, start)
  }
  return {
    current: () => open.platform,
    fetch: (request) => open.fetch(request),
    load,
    reset: () => load(beginning),
  }
}

function readStart({ state, seed }: EmulatorOptions): Start | undefined {
  if (state === undefined) return undefined
  if (seed !== undefined) throw new RangeError('"seed" must not be given with "state", which has one')
  return readState(state)
}

function openPlatform(options: EmulatorOptions, start?: Start): { platform: Platform } & Pick<PlatformHost, 'fetch'> {
  const platform = createPlatform(options, start)
  startCrcSchedule(platform)
  resumeRetries(platform)
  resumeReplays(platform)
  const route = createRouter(platform, allRoutes)
  if (start === undefined) addFirstApp(platform)
  return {
    platform,
    async fetch(request) {
      platform.scheduler.startDueTasks()
      return answerWithFaults(platform, request, async (call) => route(await readRequest(call)))
    },
  }
}

function addFirstApp(platform: Platform): void {
  const owner = createUser(platform, { screenName: 'app_owner', name: 'App Owner' })
  authorize(platform, createApp(platform, { name: 'Emulated App', owner }), owner)
}
