/** Where a person ends up who has pressed a button on a page of X. */
export interface Landing {
  /** Where the browser is sent to. */
  readonly sentTo: string | null
  /** What it shows if it stays, without the markup. */
  readonly text: string
}

/**
 * Opens a page of X, as a browser does: fills in its form, presses the button with this label, and sends the form to
 * where the page says.
 */
export async function pressButton(
  page: string,
  label: string,
  filledIn: Record<string, string> = {},
): Promise<Landing> {
  const opened = await fetch(page)
  const [, form = ''] = /<form\b(.*?)<\/form>/s.exec(await opened.text()) ?? []
  const inputs = tags(form, 'input').map(({ name = '', value = '' }): [string, string] => [name, value])
  const [, button] = new RegExp(`<button\\b([^>]*)>\\s*${label}\\s*<`).exec(form) ?? []
  if (button === undefined) throw new Error(`The page has no button "${label}"`)
  const { name, value = '' } = attributes(button)
  const fields = { ...Object.fromEntries(inputs), ...filledIn, ...(name !== undefined && { [name]: value }) }
  const { action = '' } = attributes(form)
  const answer = await fetch(new URL(action, page), {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  const text = (await answer.text()).replaceAll(/<style>.*?<\/style>|<[^>]*>/gs, ' ')
  return { sentTo: answer.headers.get('location'), text }
}

function tags(html: string, name: string): Record<string, string>[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'g'))].map(([, inside = '']) => attributes(inside))
}

/** The attributes at the beginning of a tag, up to its end. */
function attributes(tag: string): Record<string, string> {
  const [inside = ''] = tag.split('>')
  return Object.fromEntries([...inside.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
}
