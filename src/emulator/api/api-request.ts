/** A request with its body. */
export interface ApiRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly body: string
  /** The body as it was sent, for files. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The request itself. Its signal is aborted when the client gives up. */
  readonly incoming: Request
}

export async function readRequest(request: Request): Promise<ApiRequest> {
  const bytes = new Uint8Array(await request.arrayBuffer())
  return {
    method: request.method.toUpperCase(),
    url: new URL(request.url),
    headers: request.headers,
    body: new TextDecoder().decode(bytes),
    bytes,
    incoming: request,
  }
}

/** Whether the body is a form. Its parameters count like those of the query. */
export function isForm({ headers }: ApiRequest): boolean {
  return /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headers.get('content-type') ?? '')
}

export function isJson({ headers }: ApiRequest): boolean {
  return /^application\/json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')
}

/** A parameter of the query, or of a form body when the query does not have it. */
export function readParameter(request: ApiRequest, name: string): string | undefined {
  const form = isForm(request) ? new URLSearchParams(request.body) : undefined
  return request.url.searchParams.get(name) ?? form?.get(name) ?? undefined
}
