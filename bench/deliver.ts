import { createEmulator } from 'x-account-activity/emulator'
import { barePost, sign } from './bare-post.ts'
import { startDay } from './emulated-day.ts'
import type { Comparison } from './ratio.ts'

const url = 'https://app.example/webhook'

/** The time that the emulator itself takes: its `fetch` answers without a network. */
export async function delivering(): Promise<Comparison> {
  const x = createEmulator({ seed: 'bench', fetch: (request) => receive(request) })
  const secret = x.app.consumerSecret
  const receive = async (request: Request) => {
    if (request.method === 'POST') return new Response()
    const token = new URL(request.url).searchParams.get('crc_token') ?? ''
    return Response.json({ response_token: sign(token, secret) })
  }
  const day = await startDay({ x, url, accounts: 5000 })
  await day.play(1000)
  const bodies = x.deliveries.map(({ body }) => body)
  return {
    name: 'emulator, 5000 accounts, deliveries without a network : createHmac + new Request',
    target: Number.POSITIVE_INFINITY,
    // `play` waits for the emulator at its end, which takes longer than a short round.
    roundMilliseconds: 10,
    ours: (count) => day.play(count),
    bare: async (count) => {
      for (let i = 0; i < count; i += 1) await barePost(receive, { url, secret, body: bodies[i % bodies.length] ?? '' })
    },
  }
}
