import { type Html, html } from './html.ts'
import { style } from './style.ts'

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  // The URL of the page contains the request token.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** An HTML page without scripts. */
export function page(title: string, body: Html, status = 200): Response {
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>X <span>emulated: no account of the real X is involved</span></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`
  return new Response(text, { status, headers })
}
