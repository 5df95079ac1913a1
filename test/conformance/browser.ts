/** The result of pressing a button on a page of X. */
export interface PageResult {
  /** The target of the redirect. `null` without a redirect. */
  readonly sentTo: string | null
  /** The text of the page, without the markup. */
  readonly text: string
}

/** Opens a page of X like a browser: it fills in the form, presses the button with this label, and submits the form. */
export async function pressButton(
  page: string,
  label: string,
  filledIn: Record<string, string> = {},
): Promise<PageResult> {
  const opened = await fetch(page)
  const [, form = ''] = /<form\b(.*?)<\/form>/s.exec(await opened.text()) ?? []
  const inputs = tags(form, 'input').map(({ name = '', value = '' }): [string, string] => [name, value])
  const [, button] = new RegExp(`<button\\b([^>]*)>\\s*${label}\\s*<`).exec(form) ?? []
  if (button === undefined) throw new Error(`The page has no button "${label}".`)
  const { name, value = '' } = attributes(button)
  const fields = { ...Object.fromEntries(inputs), ...filledIn, ...(name !== undefined && { [name]: value }) }
  const { action = '' } = attributes(form)
  const response = await fetch(new URL(action, page), {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  })
  const text = (await response.text()).replaceAll(/<style>.*?<\/style>|<[^>]*>/gs, ' ')
  return { sentTo: response.headers.get('location'), text }
}

function tags(html: string, name: string): Record<string, string>[] {
  return [...html.matchAll(new RegExp(`<${name}\\b([^>]*)>`, 'g'))].map(([, inside = '']) => attributes(inside))
}

/** The attributes of the tag at the beginning of a text. */
function attributes(tag: string): Record<string, string> {
  const [inside = ''] = tag.split('>')
  return Object.fromEntries([...inside.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
}
