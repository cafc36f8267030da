import { expect, it } from 'vitest'
import { html } from './html.ts'

it('escapes every text and keeps markup', () => {
  const name = '<b title="x">\'&'
  expect(html`<p>${name} ${[html`<i>${1}</i>`, 'a<b']}${false}</p>`.markup).toBe(
    '<p>&lt;b title=&quot;x&quot;&gt;&#39;&amp; <i>1</i>a&lt;b</p>',
  )
})
