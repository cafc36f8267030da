import type { ReviewDeed } from '#src/review/reviewing.ts'

/** What an admin wants to see or do about complaints and what was taught. */
export type ReviewWords =
  | { about: 'list' }
  | { about: 'one'; nth: number }
  | { about: 'settle'; nth: number; deed: ReviewDeed }
  | { about: 'lessons' }
  | { about: 'forget'; nth: number }

/** Reads what follows `data`: `review [n [example|synonym <word> = <name>|rule [words]|resolved|ignored]]`, `lessons`, `forget lesson <n>`. */
export const readReview = (rest: string): ReviewWords | undefined => {
  const said = rest.trim()
  const bare = said.replace(/[?!.\s]+$/, '')
  if (/^reviews?$/i.test(bare)) return { about: 'list' }
  if (/^lessons?$/i.test(bare)) return { about: 'lessons' }
  const [, lesson] = /^forget\s+lesson\s+#?(\d{1,9})$/i.exec(bare) ?? []
  if (lesson) return { about: 'forget', nth: Number(lesson) }
  const [, number, deed = ''] = /^review\s+#?(\d{1,9})(?:\s+(\S.{0,500}))?[?!.\s]*$/is.exec(said) ?? []
  if (!number) return undefined
  const nth = Number(number)
  if (deed === '') return { about: 'one', nth }
  const read = readDeed(deed.trim())
  return read && { about: 'settle', nth, deed: read }
}

const readDeed = (text: string): ReviewDeed | undefined => {
  const bare = text.replace(/[?!.\s]+$/, '')
  if (/^(resolved?|done)$/i.test(bare)) return { deed: 'resolved' }
  if (/^ignored?$/i.test(bare)) return { deed: 'ignored' }
  const [example, answer] = /^example(?:\s+([\da-f]{8}-[\da-f-]{27}))?$/i.exec(bare) ?? []
  if (example) return { deed: 'example', ...(answer && { answer }) }
  const [, word, name] = /^synonym\s+(.{1,40}?)\s*(?:=|\bmeans\b|\bis\b)\s*(.{1,80})$/i.exec(bare) ?? []
  if (word && name) return { deed: 'synonym', word: unquoted(word), name: unquoted(name) }
  const [rule, words] = /^rule(?:[\s:]+(.+))?$/is.exec(text) ?? []
  return rule ? { deed: 'rule', ...(words && { rule: words }) } : undefined
}

const unquoted = (part: string) => part.trim().replace(/^["'“”‘’](.*)["'“”‘’]$/, '$1')
