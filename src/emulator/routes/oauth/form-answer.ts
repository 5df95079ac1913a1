/** Names and values as the OAuth endpoints answer them: in a form that is called HTML. */
export function formResponse(values: Readonly<Record<string, string>>): Response {
  return new Response(new URLSearchParams(values).toString(), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}
