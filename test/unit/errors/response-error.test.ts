import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ResponseError } from 'x-account-activity/errors'
import { responseError } from '../../support/errors.ts'

describe('ResponseError', () => {
  it('has the path and the text of every issue in its message', () => {
    expect(responseError.message).toContain('The call webhooks.list got HTTP 200, but ')
    expect(responseError.message).toContain('(data.0.id: must be string)')
  })

  it('names the body if the issue has no path', () => {
    const issues = [{ path: [], message: 'must be valid JSON' }]
    const { message } = new ResponseError({ endpoint: 'webhooks.list', status: 200, issues })
    expect(message).toContain('(body: must be valid JSON)')
  })

  it('has the number of attempts and the id of the request, if they are known', () => {
    const init = { endpoint: 'webhooks.list', status: 200, issues: [] } as const
    const error = new ResponseError({ ...init, attempts: 2, transactionId: '5a3e', accessLevel: 'read-write' })
    expect(error).toMatchObject({ attempts: 2, transactionId: '5a3e', accessLevel: 'read-write' })
    const unknown = new ResponseError(init)
    expect(unknown.attempts).toBe(1)
    expect(Object.keys(unknown)).not.toContain('transactionId')
    expect(Object.keys(unknown)).not.toContain('accessLevel')
  })

  it('keeps the body of the response, but does not print it', () => {
    const error = new ResponseError({ endpoint: 'webhooks.list', status: 200, issues: [], body: '<html>' })
    expect(error.body).toBe('<html>')
    expect(inspect(error)).not.toContain('<html>')
  })
})
