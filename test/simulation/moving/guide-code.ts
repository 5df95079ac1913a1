import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Activity, Client, Receiver, UserCredentials } from 'x-account-activity'
import type { ActivitySyncOptions } from 'x-account-activity/sync'
import { markdownBlocks } from '../../docs/code-blocks.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** What the code of the runbook exports. */
export interface GuideCode {
  readonly turnOn: (client: Client, webhookId: string, users: UserCredentials[]) => Promise<void>
  readonly moving: Set<string>
  readonly onOtherKinds: (receiver: Receiver, handle: (activity: Activity) => unknown) => () => void
  readonly compare: (
    receiver: Receiver,
    accountIds: ReadonlySet<string>,
  ) => { readonly missing: () => Activity[]; readonly stop: () => void }
  readonly move: (
    client: Client,
    options: Omit<ActivitySyncOptions, 'users'> & {
      readonly users: readonly (UserCredentials & { readonly userId: string })[]
      readonly onMove: (userId: string) => unknown
    },
  ) => Promise<Set<string>>
  readonly remaining: (client: Client, webhookId: string) => Promise<string[]>
}

/** Loads the code of the runbook in the guide about moving, so that what is simulated is what readers copy. */
export async function loadGuideCode(): Promise<GuideCode> {
  const file = 'docs/guides/moving-to-x-activity.md'
  const folder = join(root, 'coverage')
  mkdirSync(folder, { recursive: true })
  const written = mkdtempSync(join(folder, 'moving-'))
  try {
    const text = readFileSync(join(root, file), 'utf8')
    const blocks = markdownBlocks(file, text.slice(text.indexOf('## The runbook')))
    const modules = await Promise.all(
      blocks.map(({ code, line }) => {
        const path = join(written, `line-${line}.ts`)
        writeFileSync(path, code)
        return import(/* @vite-ignore */ path) as Promise<Partial<GuideCode>>
      }),
    )
    return Object.assign({}, ...modules) as GuideCode
  } finally {
    rmSync(written, { recursive: true })
  }
}
