import { describe, expect, it } from 'vitest'
import { Html, html } from '../../../../src/emulator/pages/html.ts'

describe('html', () => {
  it.each([
    ['&', '&amp;'],
    ['<b>', '&lt;b&gt;'],
    [`"'`, '&quot;&#39;'],
    ['&lt;', '&amp;lt;'],
    ['', ''],
    ['Ünïcödé 🌻', 'Ünïcödé 🌻'],
    ['__proto__ constructor', '__proto__ constructor'],
  ])('escapes %j', (text, written) => {
    expect(html`<p title="${text}">${text}</p>`.text).toBe(`<p title="${written}">${written}</p>`)
  })

  it('keeps HTML, joins lists of HTML, and omits false', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`)
    expect(html`${new Html('<ul>')}${items}${false}${[]}</ul>`.text).toBe('<ul><li>a</li><li>&lt;</li></ul>')
  })

  it('needs no values', () => {
    expect(html`<br>`.text).toBe('<br>')
  })
})
