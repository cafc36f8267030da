/** A stretch of text with one look. */
export type Run = { text: string; bold?: boolean; italic?: boolean; struck?: boolean; link?: string }

/**
 * The text of a card as Teams reads it: bold, italic, struck, links, escapes and line breaks of Markdown, and nothing else
 * (https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format). What a card has escaped comes out as it was.
 */
export const readCardText = (markdown: string): Run[] => joined(runsOf(markdown, {}))

const runsOf = (markdown: string, look: Omit<Run, 'text'>): Run[] => {
  const runs: Run[] = []
  let at = 0
  for (const found of markdown.matchAll(pattern)) {
    runs.push({ ...look, text: markdown.slice(at, found.index) }, ...runsOfFound(found, look))
    at = found.index + found[0].length
  }
  return [...runs, { ...look, text: markdown.slice(at) }]
}

/** What stands between two marks, under a name of a group. */
const between = (name: string) => String.raw`(?=\S)(?<${name}>(?:\\[^]|[^\\])+?)`
const pattern = new RegExp(
  [
    String.raw`\\(?<escaped>[!-/:-@[-\x60{-~])`,
    '&(?<entity>lt|gt|amp|quot|nbsp);',
    String.raw`(?: {2,}|\\)?\n(?<mark>[-*] )?`,
    String.raw`\[(?<label>(?:\\[^]|[^\\\]])*)\]\((?<link>[^)\s]*)\)`,
    String.raw`\*\*${between('bold')}\*\*`,
    String.raw`(?<![\p{L}\p{N}])__${between('bold2')}__(?![\p{L}\p{N}])`,
    `~~${between('struck')}~~`,
    String.raw`\*${between('italic')}\*`,
    String.raw`(?<![\p{L}\p{N}])_${between('italic2')}_(?![\p{L}\p{N}])`,
  ].join('|'),
  'gu',
)

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: '\u00a0' }

const runsOfFound = ({ 0: whole, groups: g = {} }: RegExpExecArray, look: Omit<Run, 'text'>): Run[] => {
  const bold = g.bold ?? g.bold2
  const italic = g.italic ?? g.italic2
  if (g.escaped !== undefined) return [{ ...look, text: g.escaped }]
  if (g.entity !== undefined) return [{ ...look, text: entities[g.entity] ?? whole }]
  if (g.label !== undefined) return runsOf(g.label, { ...look, link: g.link })
  if (bold !== undefined) return runsOf(bold, { ...look, bold: true })
  if (italic !== undefined) return runsOf(italic, { ...look, italic: true })
  if (g.struck !== undefined) return runsOf(g.struck, { ...look, struck: true })
  return [{ ...look, text: lineBreak(whole, g.mark) }]
}

/** A line break alone is a space in Markdown; two spaces or a backslash before it, or a list, keep it. */
const lineBreak = (whole: string, mark: string | undefined) => {
  if (mark !== undefined) return '\n• '
  return whole === '\n' ? ' ' : '\n'
}

const joined = (runs: Run[]): Run[] => {
  const all: Run[] = []
  for (const run of runs) {
    const last = all.at(-1)
    if (run.text === '') continue
    if (last && sameLook(last, run)) last.text += run.text
    else all.push({ ...run })
  }
  return all
}

const sameLook = (a: Run, b: Run) =>
  a.bold === b.bold && a.italic === b.italic && a.struck === b.struck && a.link === b.link
