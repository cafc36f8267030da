import type { Model } from '#src/semantic/model.ts'
import { nearest } from '#src/semantic/near.ts'
import type { Choice } from '#src/vocabulary/answer.ts'
import type { Query } from '#src/vocabulary/query.ts'
import type { Reading } from './read.ts'
import type { Reply } from './reply.ts'
import type { Gap } from './resolve/gaps.ts'
import { restate } from './restate.ts'
import { foreignLanguage } from './text.ts'
import { thingsInstead } from './things-instead.ts'

/** `values` are those that may be named, of a dimension; `read` reads another text as this one was read. */
type About = {
  text: string
  model: Model
  values?: (dimension: string) => readonly string[]
  read?: (text: string) => Reading
}

/** Words were left over: names them, and offers the reading without them. */
export const aboutUnused = (reading: Reading, about: About): Reply => {
  const { unused, candidates, known } = reading
  const language = known < 0.6 ? foreignLanguage(about.text) : undefined
  if (language)
    return {
      message: `I read questions in English only, and this looks like ${language}.`,
      choices: starters(about.model),
    }
  const meant = meantBy(unused, about)
  const near = [...new Set(meant.map(({ name }) => name))].slice(0, 3)
  const words = listed(unused.slice(0, 4).map(w => `“${short(w)}”`))
  const hint =
    near.length > 0
      ? ` Did you mean ${listed(
          near.map(n => `“${n}”`),
          'or',
        )}?`
      : ''
  const { text, model, read } = about
  const instead =
    candidates.length + near.length === 0 && read ? thingsInstead(reading, { text, model, read }) : undefined
  if (instead)
    return {
      message: `I could not make use of ${words}. I can count ${listed(instead.things)} here. Is one of them meant?`,
      choices: instead.questions.map(question => ({ label: short(question), question })),
    }
  const readings = candidates.slice(0, 2).map(c => choiceOf(c.query, model))
  const replaced = meant.slice(0, 2).map(({ word, name }) => replaceWord(text, word, name))
  const without = readings.length > 0 ? ` Without ${unused.length > 1 ? 'them' : 'it'}, this is what I can answer:` : ''
  return {
    message: `I could not make use of ${words}.${hint}${without}`,
    choices: [...replaced, ...readings]
      .slice(0, 3)
      .concat(readings.length + replaced.length === 0 ? starters(model) : []),
  }
}

/** What words that were left over may have been meant for: names with nearly the same letters or the same beginning, then values. */
const meantBy = (unused: readonly string[], { model, values }: About): { word: string; name: string }[] => {
  const offered = <T extends { hidden: boolean }>(things: Record<string, T>) =>
    Object.values(things).filter(({ hidden }) => !hidden)
  const things = [...offered(model.measures), ...offered(model.dimensions)]
  const names = things.flatMap(({ label, synonyms }) => [label, ...synonyms])
  const lists = offered(model.dimensions).map(({ name, personal }) => (personal ? [] : (values?.(name) ?? [])))
  const known = lists.filter(({ length }) => length <= mostValues).flat()
  const said = new Set(unused.map(word => word.toLowerCase()))
  return unused.slice(0, 4).flatMap(word => {
    const asked = word.toLowerCase()
    const named = [
      ...nearest(asked, names, 2),
      ...names.filter(name => beginsAlike(asked, name.toLowerCase())).slice(0, 2),
    ]
    const found = named.length > 0 ? named : nearest(asked, known, 2)
    return [...new Set(found)].filter(name => !said.has(name.toLowerCase())).map(name => ({ word, name }))
  })
}

/** Longer lists of values are not gone through. */
const mostValues = 2000

/** "profitability" and "profit", "regional" and "region": the first five letters and most of the shorter one. */
const beginsAlike = (word: string, name: string): boolean => {
  if (Math.min(word.length, name.length) < 5 || name.includes(' ')) return false
  const length = [...word].findIndex((letter, i) => letter !== name[i])
  const common = length < 0 ? word.length : length
  return common >= 5 && common >= Math.min(word.length, name.length) * 0.8
}

const short = (word: string) => (word.length > 40 ? `${word.slice(0, 39)}…` : word)

const replaceWord = (text: string, word: string, by: string): Choice => {
  const question = text.replace(word, by)
  return { label: short(question), question }
}

/** Several readings are as likely and give different numbers. */
export const aboutAmbiguity = (queries: Query[], { model }: About): Reply => ({
  message: `This can be read in ${queries.length === 2 ? 'two' : 'several'} ways. Which one do you mean?`,
  choices: distinctChoices(queries.slice(0, 4).map(q => choiceOf(q, model))),
})

const distinctChoices = (choices: Choice[]) =>
  choices.filter((c, i) => choices.findIndex(d => d.label === c.label) === i)

const choiceOf = (query: Query, model: Model): Choice => {
  const label = restate(query, model)
  return { label, question: label, query }
}

/** Nothing could be made of it: says what was understood, what is missing and what would work. */
export const aboutGap = (gap: Gap | undefined, reading: Reading, about: About): Reply => {
  const { model, text } = about
  const m = (name: string) => model.measures[name]?.label ?? name
  switch (gap?.gap) {
    case 'period':
      return gap.problem.problem === 'future'
        ? { code: 'period/future', message: gap.problem.sentence, choices: starters(model) }
        : { message: gap.problem.sentence, choices: [] }
    case 'personal':
      return {
        code: 'dimension/personal',
        message: `${capital(gap.label)} is personal data, so it is never listed. I can count or sum without showing it.`,
        choices: starters(model),
      }
    case 'conflict':
      return {
        message:
          `${capital(m(gap.measure))} already leaves those out by definition, so the answer would always be nothing. ${gap.instead.length > 0 ? `${capital(listed(gap.instead.map(m)))} counts everything:` : ''}`.trim(),
        choices: gap.instead.map(name => replaceMeasure(text, { from: reading, to: m(name) }, model)),
      }
    case 'contradiction':
      return {
        message: `The question keeps and leaves out the same ${gap.label.toLowerCase()}, so nothing would be left. Which of the two do you want?`,
        choices: [],
      }
    case 'currency':
      return {
        message: `The amounts here are in ${model.currency ?? 'one currency'}, and I have no rates to turn them into ${gap.code}. Shall I answer in ${model.currency ?? 'the currency of the data'}?`,
        choices: [
          {
            label: `In ${model.currency ?? 'the data’s currency'}`,
            question: text
              .replace(/\b(in|as)?\s*(euros?|eur|pounds?|gbp|yen|jpy|rupees?|inr|dollars?|usd)\b/gi, '')
              .trim(),
          },
        ],
      }
    case 'thing':
      return {
        message: `It is not clear what to count: ${listed(
          gap.counts.map(name => m(name).toLowerCase()),
          'or',
        )}. Ask “how many” of the one you mean.`,
        choices: starters(model),
      }
    case 'word':
      return {
        message: `I found nothing here that tells which is “${gap.word}”. Say which measure you mean.`,
        choices: starters(model),
      }
    case 'unit':
      return {
        message: `${capital(m(gap.measure))} is not measured in ${gap.unit === '%' ? 'percent' : 'money'}, so I cannot compare it with that number.`,
        choices: starters(model),
      }
    case 'average':
      return {
        message: `An average of ${m(gap.measure).toLowerCase()} can mean several things: per what?`,
        choices: averages(gap.measure, text, model),
      }
    case 'change':
      return { message: 'A change needs two periods. Which ones?', choices: changes(text) }
    case 'periods':
      return {
        message:
          'I see several periods and cannot tell how they belong together. Write “A vs B” to compare two, or “from A to B” for all of it.',
        choices: [],
      }
    case 'rank':
      return {
        message: 'The highest of what? Say what to rank, such as a name or a month.',
        choices: rankings(reading, model),
      }
    case 'hours':
      return { message: `${capital(gap.label)} is kept by the day, so I cannot tell hours.`, choices: starters(model) }
    case 'share':
      return { message: 'A share of what? Say a value or a split, such as “by …”.', choices: [] }
    case 'number':
      return {
        message:
          'I cannot tell what the number is compared with. Name the measure next to it, such as “orders over 500”.',
        choices: [],
      }
    default:
      return aboutNothing(reading, about)
  }
}

const aboutNothing = (reading: Reading, { model, text }: About): Reply => {
  const { draft } = reading
  const understood = draft.splits.length + draft.filters.length + draft.periods.length > 0
  const main = model.defaultMeasure
  if (!understood || !main)
    return { message: 'I did not find a measure in this. Here is what works:', choices: starters(model) }
  const counts = Object.values(model.measures)
    .filter(m => !m.hidden && m.name !== main && m.kind === 'base')
    .slice(0, 2)
  const names = [model.measures[main], ...counts].flatMap(m => (m ? [m.label] : []))
  return {
    message: 'What should be measured?',
    choices: names.map(name => ({ label: `${capital(name)} ${text}`.slice(0, 100), question: `${name} ${text}` })),
  }
}

const replaceMeasure = (text: string, { from, to }: { from: Reading; to: string }, model: Model): Choice => {
  const slot = from.draft.measures[0]
  const meaning = slot?.meanings.find(m => m.kind === 'measure')
  const words =
    meaning?.kind === 'measure'
      ? [model.measures[meaning.measure]?.label ?? '', ...(model.measures[meaning.measure]?.synonyms ?? [])]
      : []
  const said = words.find(w => w && text.toLowerCase().includes(w.toLowerCase()))
  const question = said
    ? text.replace(new RegExp(said.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i'), to)
    : `${to} ${text}`
  return { label: question, question }
}

const averages = (measure: string, text: string, model: Model): Choice[] => {
  const label = model.measures[measure]?.label ?? measure
  const ratios = Object.values(model.measures)
    .filter(m => !m.hidden && m.kind === 'formula' && /^average/i.test(m.label))
    .map(m => m.label)
  const rest = text.replace(new RegExp(`.*?${label}`, 'i'), '').trim()
  return [...ratios.slice(0, 2), `average ${label} per day`, `average ${label} per month`]
    .map(q => ({ label: capital(`${q} ${rest}`.trim()), question: `${q} ${rest}`.trim() }))
    .slice(0, 4)
}

const changes = (text: string): Choice[] =>
  [`${text} by month`, `${text} last month vs the month before`, `${text} this year vs last year`].map(q => ({
    label: q,
    question: q,
  }))

const rankings = ({ draft }: Reading, model: Model): Choice[] => {
  const meaning = draft.measures[0]?.meanings.find(m => m.kind === 'measure')
  const label = meaning?.kind === 'measure' ? model.measures[meaning.measure]?.label : undefined
  const word = draft.rank?.direction === 'low' ? 'lowest' : 'highest'
  const dimensions = Object.values(model.dimensions)
    .filter(d => !d.hidden && !d.personal && d.type === 'text')
    .slice(0, 3)
  return label
    ? [...dimensions.map(d => d.label), 'month']
        .map(d => ({ label: `Which ${d} has the ${word} ${label}?`, question: `which ${d} has the ${word} ${label}` }))
        .slice(0, 4)
    : []
}

const starters = (model: Model): Choice[] => model.examples.slice(0, 3).map(question => ({ label: question, question }))

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const listed = (words: string[], joint = 'and') =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${joint} ${words.at(-1)}`
