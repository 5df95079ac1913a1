import type { OutgoingRequest } from './send.ts'

/** The parts of a request without its authorization. */
export interface RequestParts {
  readonly method: string
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
}

/** Builds the complete URL, the body, and the headers that describe the body. */
export function buildRequest(baseUrl: string, { method, path, query, json, form }: RequestParts): OutgoingRequest {
  const search = `${new URLSearchParams(query)}`
  return { method, url: `${baseUrl}${path}${search === '' ? '' : `?${search}`}`, ...encodeBody(json, form) }
}

function encodeBody(json: unknown, form: RequestParts['form']): Pick<OutgoingRequest, 'headers' | 'body'> {
  const accept = 'application/json'
  if (json !== undefined) {
    return { headers: { accept, 'content-type': 'application/json' }, body: JSON.stringify(json) }
  }
  if (form === undefined) return { headers: { accept } }
  const contentType = 'application/x-www-form-urlencoded;charset=UTF-8'
  return { headers: { accept, 'content-type': contentType }, body: `${new URLSearchParams(form)}` }
}
