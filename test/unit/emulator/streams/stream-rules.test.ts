import { describe, expect, it } from 'vitest'
import { EmulatorHarness } from '../../../support/emulator-harness.ts'

const path = '/2/tweets/search/stream/rules'

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every kind.
async function update(harness: EmulatorHarness, body: unknown, query = '', app = harness.x.app): Promise<any> {
  const response = await harness.asApp('POST', `${path}${query}`, body, app)
  expect(response.status).toBe(200)
  return response.json()
}

describe('the caps of the tiers', () => {
  it.each([
    ['enterprise', 2048],
    ['pay-per-use', 1024],
    ['premium', 1024],
    ['sandbox', 1024],
  ] as const)('%s allows %i characters', async (tier, longest) => {
    const harness = new EmulatorHarness({ tier })
    const add = [{ value: 'c'.repeat(longest) }, { value: 'd'.repeat(longest + 1) }]
    const { data, errors } = await update(harness, { add })
    expect(data).toMatchObject([{ value: add[0]?.value }])
    expect(errors).toMatchObject([
      {
        value: add[1]?.value,
        type: 'https://api.x.com/2/problems/invalid-rules',
        detail: `The value must not be longer than ${longest} characters`,
      },
    ])
  })

  it.each([
    ['enterprise', '25000'],
    ['pay-per-use', '1000'],
    ['premium', '1000'],
    ['sandbox', '1000'],
  ] as const)('%s allows %s rules', async (tier, cap) => {
    const counts = await new EmulatorHarness({ tier }).asApp('GET', `${path}/counts`)
    expect(await counts.json()).toMatchObject({ data: { cap_per_client_app: cap, cap_per_project: cap } })
  })

  it('may be 0, and is a whole number', async () => {
    const { errors } = await update(new EmulatorHarness({ limits: { streamRules: 0 } }), { add: [{ value: 'cat' }] })
    expect(errors).toMatchObject([{ type: 'https://api.x.com/2/problems/rule-cap' }])
    for (const streamRules of [-1, 0.5, Number.NaN]) {
      expect(() => new EmulatorHarness({ limits: { streamRules } })).toThrow(RangeError)
    }
  })

  it('count for all apps of the account together', async () => {
    const harness = new EmulatorHarness({ limits: { streamRules: 2 } })
    const other = harness.x.addApp()
    await update(harness, { add: [{ value: 'cat' }] }, '', other)
    const { data, errors, meta } = await update(harness, {
      add: [{ value: 'dog' }, { value: 'fox' }, { value: 'a-b' }],
    })
    expect(data).toMatchObject([{ value: 'dog' }])
    expect(errors).toMatchObject([
      { value: 'fox', type: 'https://api.x.com/2/problems/rule-cap', detail: 'The account has 2 of 2 rules' },
      { value: 'a-b', type: 'https://api.x.com/2/problems/invalid-rules' },
    ])
    expect(meta.summary).toEqual({ created: 1, not_created: 2, valid: 2, invalid: 1 })
    expect(await (await harness.asApp('GET', `${path}/counts`)).json()).toEqual({
      data: {
        cap_per_client_app: '2',
        cap_per_project: '2',
        project_rules_count: '2',
        client_app_rules_count: { client_app_id: harness.x.app.id, rule_count: 1 },
        all_project_client_apps: [
          { client_app_id: harness.x.app.id, rule_count: 1 },
          { client_app_id: other.id, rule_count: 1 },
        ],
      },
    })
  })
})
