import { resolve } from 'node:path'
import { signedRequest } from '../../entries/testing.ts'
import { exitCodes } from '../cli-context.ts'
import { usageError } from '../cli-error.ts'
import type { CredentialFlags } from '../credentials/credential-flags.ts'
import { readCredentials } from '../credentials/read-credentials.ts'
import type { CommandRun } from '../define-command.ts'
import { readInput } from '../input/read-input.ts'
import { readSavedHeaders } from '../listen/saved-deliveries.ts'
import type { OutputFlags } from '../output/output.ts'
import { printable } from '../output/printable.ts'
import { defaultTarget, describeAnswer, hintOf, isAccepted, sendDelivery, signingSecrets } from './send-delivery.ts'

export type ResendFlags = OutputFlags &
  CredentialFlags & {
    readonly to?: string
    readonly keepSignature: boolean
  }

/** Sends the files in their order. One that is refused does not stop the others. */
export async function runResend(run: CommandRun<ResendFlags>, files: readonly string[]): Promise<void> {
  const { flags, output } = run
  const target = flags.to ?? defaultTarget
  const toRequest = flags.keepSignature ? keptSignature(run, target) : await newSignature(run, target)
  // All files are read first: a name that is wrong is an error before anything is sent.
  const requests: (readonly [string, Request])[] = []
  for (const file of files) requests.push([file, await toRequest(file, await readInput(run, file))])
  for (const [file, request] of requests) {
    if (run.signal.aborted) return
    const answer = await sendDelivery(run, request)
    output.print({ file, url: target, ...answer }, () => `${describeAnswer(answer, output)}  ${printable(file)}`)
    if (isAccepted(answer)) continue
    run.setExitCode(exitCodes.failed)
    const hint = hintOf(answer)
    if (hint !== undefined) output.note(hint)
  }
}

type ToRequest = (file: string, body: Uint8Array) => Promise<Request> | Request

async function newSignature(run: CommandRun<ResendFlags>, target: string): Promise<ToRequest> {
  const secrets = await signingSecrets(await readCredentials(run, run.flags), { target, output: run.output })
  return (_, body) => signedRequest(body, { ...secrets, url: target })
}

function keptSignature({ cwd }: CommandRun<ResendFlags>, target: string): ToRequest {
  return async (file, body) => {
    const saved = await readSavedHeaders(resolve(cwd, file))
    const signatures = Object.entries(saved?.headers ?? {}).filter(([name]) => name.startsWith('x-twitter-webhooks-'))
    if (signatures.length === 0) {
      throw usageError(
        `The headers of ${file} were not saved.`,
        'Only "listen --save" keeps them. Leave --keep-signature out to sign the delivery anew.',
      )
    }
    const headers = { 'content-type': 'application/json', ...Object.fromEntries(signatures) }
    return new Request(target, { method: 'POST', headers, body: Buffer.from(body), redirect: 'manual' })
  }
}
