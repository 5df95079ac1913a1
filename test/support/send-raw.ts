import { request } from 'node:http'

/** What came back. */
export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Sends a request exactly as it is described, its body in the pieces that it is given in. */
export function sendRaw(
  url: string,
  {
    method = 'POST',
    headers = {},
    pieces = [],
    isCutShort = false,
  }: {
    readonly method?: string
    readonly headers?: Readonly<Record<string, string | string[]>>
    readonly pieces?: readonly (string | Uint8Array)[]
    /** Nothing comes after the pieces, not even the end. */
    readonly isCutShort?: boolean
  },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk) => chunks.push(chunk))
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    outgoing.on('error', reject)
    for (const piece of pieces) outgoing.write(piece)
    if (!isCutShort) outgoing.end()
  })
}
