import { expect, test } from 'vitest'
import { emulatedCli, webhookUrl } from '../../../support/emulated-cli.ts'

async function withWebhook() {
  const cli = emulatedCli()
  const { id } = (await cli.json(['webhooks', 'create', webhookUrl])) as { id: string }
  const answering = (answer: boolean) => {
    const questions: string[] = []
    const prompts = {
      text: () => Promise.reject(new Error('No text is asked for.')),
      confirm: async (question: string) => {
        questions.push(question)
        return answer
      },
    }
    return { questions, options: { isInteractive: true, prompts } }
  }
  return { ...cli, id, answering }
}

test('asks in a terminal, and does nothing when the answer is no', async () => {
  const { x, run, id, answering } = await withWebhook()
  const { questions, options } = answering(false)
  expect(await run(['webhooks', 'delete', id], options)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'error: Nothing was changed.\n',
  })
  expect(questions).toEqual([`Delete webhook ${id} and all its subscriptions?`])
  expect(x.webhooks).toHaveLength(1)
  expect(await run(['webhooks', 'delete', id], answering(true).options)).toMatchObject({ code: 0 })
  expect(x.webhooks).toEqual([])
})

test('without a terminal, names the flag and ends with 2', async () => {
  const { x, run, id } = await withWebhook()
  expect(await run(['webhooks', 'delete', id])).toEqual({
    code: 2,
    stdout: '',
    stderr:
      'error: Without a terminal, this command cannot ask whether to go on.\nPass --yes to go on without asking.\n',
  })
  expect(x.webhooks).toHaveLength(1)
  expect(await run(['webhooks', 'delete', id, '--yes'])).toMatchObject({ code: 0, stdout: `Deleted webhook ${id}.\n` })
})
