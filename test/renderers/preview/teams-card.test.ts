import { describe, expect, it } from 'vitest'
import { teamsPreview } from '#renderers/preview/teams.ts'
import { drawableCard } from '#renderers/preview/teams-card.ts'
import { teamsHost } from '#renderers/preview/teams-host.ts'
import { cardMessage, type MessageParts, textMessage } from '#renderers/teams/outgoing.ts'

const card = (...body: object[]) => ({ type: 'AdaptiveCard', version: '1.5', body })
const bodyOf = (...body: object[]) => drawableCard(card(...body)).body as Record<string, unknown>[]

describe('a card for the official renderer', () => {
  it('has its texts read, and keeps how they are to look', () => {
    expect(bodyOf({ type: 'TextBlock', text: 'Rest \\*of\\* &lt;it&gt;', wrap: true, size: 'Large' })).toEqual([
      { type: 'TextBlock', text: 'Rest *of* <it>', wrap: true, size: 'Large' },
    ])
  })

  it('shows Markdown that got into a card, as Teams would', () => {
    expect(
      bodyOf({ type: 'TextBlock', text: 'a **b** [c](https://evil.example)', wrap: true, isSubtle: true }),
    ).toEqual([
      {
        type: 'RichTextBlock',
        inlines: [
          { type: 'TextRun', text: 'a ', isSubtle: true },
          { type: 'TextRun', text: 'b', isSubtle: true, weight: 'Bolder' },
          { type: 'TextRun', text: ' ', isSubtle: true },
          { type: 'TextRun', text: 'c', isSubtle: true, color: 'Accent', underline: true },
        ],
      },
    ])
  })

  it('reads texts wherever they stand: in cells, facts, containers and cards behind buttons', () => {
    const text = { type: 'TextBlock', text: '\\_a\\_', wrap: true }
    const read = { ...text, text: '_a_' }
    const given = {
      ...card(
        { type: 'Table', rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [text] }] }] },
        { type: 'FactSet', facts: [{ title: '\\_a\\_', value: '1 &lt; 2' }] },
        { type: 'Container', items: [text] },
      ),
      actions: [{ type: 'Action.ShowCard', title: '\\_a\\_', card: card(text) }],
    }
    expect(drawableCard(given)).toEqual({
      ...card(
        { type: 'Table', rows: [{ type: 'TableRow', cells: [{ type: 'TableCell', items: [read] }] }] },
        { type: 'FactSet', facts: [{ title: '_a_', value: '1 < 2' }] },
        { type: 'Container', items: [read] },
      ),
      actions: [{ type: 'Action.ShowCard', title: '\\_a\\_', card: card(read) }],
    })
  })

  it('leaves what buttons carry as it is', () => {
    const data = { click: 'deed.csv.a1', type: 'TextBlock', text: '\\*' }
    const actions = [{ type: 'Action.Execute', title: 'CSV', verb: 'click', data }]
    expect(drawableCard({ ...card(), actions }).actions).toEqual(actions)
  })

  it('shows code in a box of its own, spaces and all', () => {
    const shown = JSON.stringify(bodyOf({ type: 'CodeBlock', codeSnippet: 'SELECT *\n  FROM t', language: 'Sql' }))
    expect(shown).toContain('"text":"Sql"')
    expect(shown).toContain('SELECT *\\n\u00a0\u00a0FROM t')
    expect(shown).toContain('"fontType":"Monospace"')
  })

  it('says where Teams draws a chart, and shows what stands in for it', () => {
    const fallback = { type: 'Container', items: [{ type: 'TextBlock', text: 'Texas: $48', wrap: true }] }
    const shown = bodyOf({ type: 'Chart.Donut', title: 'Revenue', data: [], fallback })
    expect(shown[0]?.items).toEqual([
      { type: 'TextBlock', text: 'Teams draws a chart here (Chart.Donut):', size: 'Small', isSubtle: true, wrap: true },
      { type: 'TextBlock', text: 'Revenue', weight: 'Bolder', wrap: true, spacing: 'Small' },
      fallback,
    ])
  })

  it('tells the numbers of a chart without a fallback', () => {
    const shown = JSON.stringify(bodyOf({ type: 'Chart.Pie', data: [{ legend: 'Texas', value: 48 }] }))
    expect(shown).toContain('"text":"Texas"')
    expect(shown).toContain('"text":"48"')
  })

  it.each([
    [{ type: 'Carousel', pages: [{ items: [{ type: 'TextBlock', text: 'inside' }] }] }, '[Carousel]', 'inside'],
    [{ type: 'Image', url: 'https://evil.example/p.png', altText: 'a picture' }, '[Image]', 'a picture'],
    [{ type: 'Badge', text: 'new' }, '[Badge]', 'new'],
  ])('tells what it cannot draw or may not load: %#', (element, kind, words) => {
    const shown = JSON.stringify(bodyOf(element))
    expect(shown).toContain(kind)
    expect(shown).toContain(`"text":"${words}"`)
    expect(shown).not.toContain('https:')
  })

  it('keeps a picture that is in the card, and a button of an unknown kind as a button', () => {
    const image = { type: 'Image', url: 'data:image/png;base64,AAAA', altText: 'bars', size: 'Stretch' }
    expect(bodyOf(image)).toEqual([image])
    expect(drawableCard({ ...card(), actions: [{ type: 'Action.New', title: 'Go' }] }).actions).toEqual([
      { type: 'Action.Submit', title: 'Go' },
    ])
  })
})

describe('the page', () => {
  const frame = {
    name: 'A <b> "app"',
    logo: 'data:,',
    time: '1:00 PM',
    theme: 'dark',
    scripts: ['run()'],
    style: 'p{}',
  } as const
  const hack = card({ type: 'TextBlock', text: '</script><script>hack()</script>' })
  const page = (more: Partial<MessageParts> = {}) =>
    teamsPreview(cardMessage({ card: hack, summary: 'hack', asksForFeedback: true, ...more }), frame)

  it('holds the card as data that ends no script', () => {
    const html = page()
    expect(html.match(/<script/g)).toHaveLength(2)
    expect(html).toContain('\\u003c/script>\\u003cscript>hack()')
    expect(html).toContain('A &#60;b&#62; &#34;app&#34;')
  })

  it('has thumbs and the label where Teams puts them', () => {
    expect(page()).toContain('aria-label="Like"')
    expect(page()).not.toContain('AI generated')
    expect(page({ asksForFeedback: false })).not.toContain('aria-label="Like"')
    expect(page({ isGenerated: true })).toContain('AI generated')
  })

  it('has a picture that stands beside the card, and prompts, as text', () => {
    expect(page()).not.toMatch(/class="(beside|prompts)"/)
    const beside = { contentType: 'image/png', contentUrl: 'data:image/png;base64,AAAA', name: 'chart.png' }
    expect(page({ beside })).toContain('<img class="beside" src="data:image/png;base64,AAAA" alt="">')
    const actions = [{ type: 'imBack', title: '<b>more</b>', value: 'more' }]
    expect(page({ suggestedActions: { to: [], actions } })).toContain('<li>&#60;b&#62;more&#60;/b&#62;</li>')
  })

  it('shows a message of words alone', () => {
    expect(teamsPreview(textMessage('Only words.'), frame)).toContain('"text":"Only words."')
  })

  it('has the colours of both themes', () => {
    const colourOf = (theme: 'light' | 'dark') => JSON.stringify(teamsHost(theme)).match(/#242424|#ffffff/)?.[0]
    expect([colourOf('light'), colourOf('dark')]).toEqual(['#242424', '#ffffff'])
  })
})
