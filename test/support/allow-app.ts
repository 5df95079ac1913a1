/**
 * Opens the page of an emulator on which a user allows an app with a PIN, as a browser does, and allows it. Resolves to
 * the PIN.
 */
export async function allowApp(url: string, screenName: string, send: typeof fetch = fetch): Promise<string> {
  const { origin, searchParams } = new URL(url)
  const response = await send(`${origin}/oauth/authorize`, {
    method: 'POST',
    body: new URLSearchParams({ oauth_token: searchParams.get('oauth_token') ?? '', screen_name: screenName }),
  })
  const [pin] = /\b\d{7}\b/.exec(await response.text()) ?? []
  if (pin === undefined) throw new Error(`The page has no PIN (${response.status}).`)
  return pin
}
