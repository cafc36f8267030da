import type { Mention } from './mentions/mention.ts'
import type { Token } from './tokens.ts'

/**
 * "Hi, quick one before the board call - how much …": what is said around a question, and asks for nothing. Only whole stretches before or behind
 * the question, in which somebody is spoken to and nothing of the data is named, are passed over; a condition never is.
 */
export const withoutTalk = (mentions: readonly Mention[], tokens: readonly Token[], text: string): Mention[] => {
  const stretches = stretchesOf(mentions, tokens, text)
  const talks = stretches.map(s => isTalk(s, tokens))
  const asks = talks.map((talk, i) => !talk && (stretches[i] ?? []).some(m => m.kind === 'named'))
  const [first, last] = [asks.indexOf(true), asks.lastIndexOf(true)]
  if (first < 0) return [...mentions]
  return stretches.flatMap((stretch, i) =>
    talks[i] && (i < first || i > last)
      ? stretch.map(({ from, to }): Mention => ({ from, to, score: 0, kind: 'filler' }))
      : stretch,
  )
}

/** Cut at commas, full stops, dashes, and before the word that begins the question itself. */
const stretchesOf = (mentions: readonly Mention[], tokens: readonly Token[], text: string): Mention[][] => {
  const all: Mention[][] = [[]]
  for (const m of mentions) {
    const [before, token] = [tokens[m.from - 1], tokens[m.from]]
    const between = before && token ? text.slice(before.end, token.start) : ''
    const isMark =
      before?.kind === 'sign' && /^[,!?;()-]$/.test(before.lower) && (before.lower !== '-' || between !== '')
    const begins = /^(what|how|which|who)$/.test(token?.lower ?? '') && m.from > 0
    if (isMark || begins || /[.\n]/.test(between)) all.push([])
    all.at(-1)?.push(m)
  }
  return all.filter(s => s.length > 0)
}

const isTalk = (stretch: readonly Mention[], tokens: readonly Token[]): boolean => {
  const [first, last] = [stretch[0], stretch.at(-1)]
  const said = tokens
    .slice(first?.from, last?.to)
    .map(t => (/^(i'(m|d|ve)|we'(re|d|ve))$/i.test(t.text) ? t.text.toLowerCase() : t.lower))
    .join(' ')
  return (
    address.some(a => a.test(said)) && stretch.every((m, i) => saysNothing(m, { next: stretch[i + 1], said, tokens }))
  )
}

const address = [
  /^(hi|hello|hey|dear|morning|afternoon|evening|thanks|sorry|good (morning|afternoon|evening|day)|quick (one|question))\b/,
  /\bi('m|'d|'ve| am| would| need| want| have| must| should)\b/,
  /\bwe('re|'d|'ve| are| would| need| want| have| must| should)\b.*\b(know|see|prepar|work|need|like|love)/,
  /\b((can|could|would|if|do|bother|thank) you|thanks|trouble)\b/,
  /\b(asking|asked|wants? to know|wondering|wonders)\b/,
]

/** "the *annual* report", "our *weekly* meeting". */
const occasions = /^(report|review|meeting|session|call|board|summary|presentation|newsletter|update)$/

const saysNothing = (
  m: Mention,
  { next, said, tokens }: { next?: Mention; said: string; tokens: readonly Token[] },
): boolean => {
  switch (m.kind) {
    case 'unknown':
    case 'filler':
      return true
    case 'number':
      return tokens[m.from]?.lower === 'one'
    case 'grain':
      return occasions.test(tokens[m.to]?.lower ?? '')
    case 'weekdays':
    case 'period':
      return /'s$/i.test(tokens[m.to - 1]?.text ?? '') && next?.kind === 'unknown'
    case 'cue':
      return m.cue === 'not'
        ? said.startsWith('if ')
        : !['only', 'drop', 'versus', 'or', 'aside', 'included'].includes(m.cue)
    default:
      return false
  }
}
