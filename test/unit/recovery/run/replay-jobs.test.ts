import { describe, expect, it } from 'vitest'
import { parseDelivery } from 'x-account-activity'
import type { ReplayJobStatusEvent } from '../../../../src/events/events.ts'
import { createReplayJobs } from '../../../../src/recovery/run/replay-jobs.ts'

const webhookId = '1146654567674912769'

function jobStatus(jobId: string, state: string, ofWebhook: object = { webhook_id: webhookId }): ReplayJobStatusEvent {
  const body = { replay_job_status: { job_id: jobId, job_state: state, ...ofWebhook } }
  return parseDelivery(JSON.stringify(body)).events[0] as ReplayJobStatusEvent
}

describe('createReplayJobs', () => {
  it('resolves when a job ends, and when it has ended before', async () => {
    const jobs = createReplayJobs(webhookId)
    const end = jobs.waitForEnd('2')
    jobs.onJobStatus(jobStatus('1', 'Incomplete'))
    jobs.onJobStatus(jobStatus('2', 'Complete'))
    expect(await end).toEqual({ jobId: '2', outcome: 'complete' })
    expect(await jobs.waitForEnd('1')).toEqual({ jobId: '1', outcome: 'incomplete' })
  })

  it('resolves when the next job ends', async () => {
    const jobs = createReplayJobs(webhookId)
    jobs.onJobStatus(jobStatus('1', 'Complete'))
    const end = jobs.waitForNextEnd()
    jobs.onJobStatus(jobStatus('2', 'Complete'))
    expect((await end).jobId).toBe('2')
  })

  it('ignores the jobs of other webhooks, and accepts jobs without a webhook', async () => {
    const jobs = createReplayJobs(webhookId)
    jobs.onJobStatus(jobStatus('1', 'Complete', { webhook_id: '7' }))
    jobs.onJobStatus(jobStatus('1', 'Incomplete', {}))
    expect((await jobs.waitForEnd('1')).outcome).toBe('incomplete')
  })
})
