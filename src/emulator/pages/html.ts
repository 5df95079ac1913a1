/** Text that is HTML, and is not escaped again. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** An HTML template. Strings are escaped, `Html` values are not, and `false` is left out. */
export function html(strings: TemplateStringsArray, ...values: (string | false | Html | readonly Html[])[]): Html {
  const [first = '', ...rest] = strings
  return new Html(first + rest.map((text, index) => toHtmlText(values[index] ?? false) + text).join(''))
}

function toHtmlText(value: string | false | Html | readonly Html[]): string {
  if (value === false) return ''
  if (typeof value === 'string') return escapeText(value)
  return value instanceof Html ? value.text : value.map(({ text }) => text).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? '')
}
