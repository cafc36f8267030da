/** A fenced block: its language and lines. */
export type Fence = { language: string; text: string; line: number }

/** The blocks between ``` or ~~~ of a page. */
export const fences = (page: string): Fence[] =>
  [...page.matchAll(/^ {0,3}(```|~~~)([^\n]*)\n([\s\S]*?)^ {0,3}\1\s*$/gm)].map(
    ([, , language = '', text = ''], i) => ({
      language: language.trim().split(/\s/)[0] ?? '',
      text,
      line: lineOf(page, i),
    }),
  )

const lineOf = (page: string, nth: number) => {
  const starts = [...page.matchAll(/^ {0,3}(```|~~~)[^\n]*\n[\s\S]*?^ {0,3}\1\s*$/gm)]
  return page.slice(0, starts[nth]?.index ?? 0).split('\n').length
}

/** A page without its blocks and inline code: what is prose and links. */
export const prose = (page: string): string =>
  page.replace(/^ {0,3}(```|~~~)[^\n]*\n[\s\S]*?^ {0,3}\1\s*$/gm, '').replace(/(`+)[^`]*?\1/g, '')

/** Targets of links and pictures, Markdown and HTML. */
export const linksOf = (page: string): string[] => {
  const text = prose(page)
  const inline = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+["'][^)]*["'])?\s*\)/g)]
  const references = [...text.matchAll(/^\s{0,3}\[[^\]]+\]:\s*(\S+)/gm)]
  const html = [...text.matchAll(/\b(?:href|src|srcset)="([^"\s]+)/g)]
  return [...inline, ...references, ...html].map(([, target = '']) => target)
}

/** Anchors that GitHub gives a page: of its headings, numbered when repeated, and of its own ids. */
export const anchorsOf = (page: string): Set<string> => {
  const seen = new Map<string, number>()
  const body = page.replace(/^ {0,3}(```|~~~)[^\n]*\n[\s\S]*?^ {0,3}\1\s*$/gm, '')
  const headings = [...body.matchAll(/^#{1,6}\s+(.+?)\s*#*\s*$/gm)].map(([, title = '']) => {
    const slug = slugOf(title)
    const before = seen.get(slug) ?? 0
    seen.set(slug, before + 1)
    return before === 0 ? slug : `${slug}-${before}`
  })
  return new Set([...headings, ...[...body.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id)])
}

const slugOf = (title: string) =>
  title
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-')
