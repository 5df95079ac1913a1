import { expect, it } from 'vitest'
import type { BullMqJob } from '../../../../../src/stores/inbox/bullmq/bullmq-job.ts'
import { promoteJob } from '../../../../../src/stores/inbox/bullmq/bullmq-ordering.ts'

/** The codes of BullMQ: https://github.com/taskforcesh/bullmq/blob/master/src/enums/error-code.ts */
const jobNotExist = -1
const jobLockNotExist = -2
const jobNotInState = -3

function refusingJob(code: number | undefined): BullMqJob {
  const refusal = Object.assign(new Error('refused'), { code })
  // The job may be delayed again by the time its state is asked for.
  return { promote: () => Promise.reject(refusal), isDelayed: async () => true } as unknown as BullMqJob
}

it.each([
  ['is not delayed any more', jobNotInState],
  ['does not exist any more', jobNotExist],
])('leaves a job alone that %s', async (_, code) => {
  await expect(promoteJob(refusingJob(code))).resolves.toBeUndefined()
})

it.each([jobLockNotExist, undefined])('rejects with any other error (code %s)', async (code) => {
  await expect(promoteJob(refusingJob(code))).rejects.toThrow('refused')
})
