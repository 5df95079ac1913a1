import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The part of `@octokit/webhooks` that the bench uses. */
export interface OctokitWebhooks {
  readonly on: (event: string, handler: () => void) => void
  readonly verifyAndReceive: (delivery: {
    readonly id: string
    readonly name: string
    readonly payload: string
    readonly signature: string
  }) => Promise<void>
}

/** Creates a receiver of `@octokit/webhooks` with the given secret. */
export type CreateOctokit = (secret: string) => OctokitWebhooks

const folder = fileURLToPath(new URL('.', import.meta.url))
// A variable, because the types of the module are not installed when the project is type-checked.
const packageName: string = '@octokit/webhooks'

/**
 * Loads `@octokit/webhooks` from this folder, which has its own lock file. It installs the package first if it is
 * missing.
 *
 * @returns The constructor, or the reason why the package cannot be used.
 */
export async function loadOctokit(): Promise<{ readonly create: CreateOctokit } | { readonly reason: string }> {
  if (!existsSync(`${folder}node_modules/${packageName}`)) {
    const install = spawnSync('npm', ['ci', '--fetch-retries=0'], { cwd: folder, encoding: 'utf8', timeout: 120_000 })
    if (install.error) return { reason: `npm ci did not run in bench/octokit: ${install.error.message}` }
    if (install.status !== 0) return { reason: `npm ci failed in bench/octokit: ${firstLine(install.stderr)}` }
  }
  const { Webhooks } = (await import(packageName)) as { Webhooks: new (options: { secret: string }) => OctokitWebhooks }
  return { create: (secret) => new Webhooks({ secret }) }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? ''
}
