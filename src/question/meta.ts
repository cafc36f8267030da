import { isTimePart, type Model } from '#src/semantic/model.ts'
import type { Told } from '#src/vocabulary/answer.ts'
import type { Knowledge } from '../domain.ts'
import { mentionsOf } from './mentions.ts'
import { tokenize } from './tokens.ts'

/** A question about the data or the bot, not about a number. */
export type Meta =
  | { about: 'help' }
  | { about: 'measures' }
  | { about: 'data' }
  | { about: 'fresh' }
  | { about: 'dimensions' }
  | { about: 'measure'; measure: string }
  | { about: 'dimension'; dimension: string }
  | { about: 'values'; dimension: string }
  | { about: 'table'; table: string }

/** Tells whether a text asks about the data itself: "what is AOV", "which KPIs are there", "how fresh is the data", "what can you do". */
export const metaOf = (text: string, knowledge: Knowledge, model: Model): Meta | undefined => {
  const plain = ` ${tokenize(text)
    .filter(t => t.kind !== 'sign')
    .map(t => t.lower)
    .join(' ')} `
  const asked = rules.filter(({ asks }) => asks(plain))
  // Names are looked for only then: most questions ask nothing of the kind.
  if (asked.length === 0) return undefined
  const named = namesIn(text, knowledge)
  const isOnRows = named.values > 0 || named.periods > 0
  for (const { meta, beside } of asked) {
    const found = isOnRows && !beside ? undefined : meta(named, model)
    if (found) return found
  }
  return undefined
}

type Names = ReturnType<typeof namesIn>

/** What the words must be like, and what is asked with the names among them. `beside`: also where values and periods are named. */
type Rule = {
  asks: (plain: string) => boolean
  meta: (named: Names, model: Model) => Meta | undefined
  beside?: boolean
}

const rules: readonly Rule[] = [
  {
    asks: plain =>
      / (does .* mean|means|meaning|define|defined|definition|definitions|calculate|calculated|compute|computed|formula|worked out|work out|stand for|stands for) /.test(
        plain,
      ),
    meta: ({ measures: [measure], dimensions: [dimension] }) => {
      if (measure) return { about: 'measure', measure }
      return dimension ? { about: 'dimension', dimension } : undefined
    },
    beside: true,
  },
  {
    // "What is AOV" and nothing else; "what is our AOV" asks for the number.
    asks: plain =>
      / (what|whats|explain|define) /.test(plain) && !/ (our|my|the|total|current|now|today|how much|why) /.test(plain),
    meta: ({ measures: [measure], rest }) =>
      measure && isBare.test(` ${rest} `.replace(/\s+/g, ' ')) ? { about: 'measure', measure } : undefined,
    beside: true,
  },
  {
    asks: plain =>
      !/ (how many|number of|count) /.test(plain) &&
      / (column|columns|field|fields|in the .* table|know about|tell me about|describe|is in|information about|what about) /.test(
        plain,
      ),
    meta: ({ entities: [table] }) => (table ? { about: 'table', table } : undefined),
  },
  {
    asks: plain =>
      /^ (help|hi|hello|hey|hi there|good morning|start|menu) $|what can (you|i) (do|ask|answer)|what (questions|else) can|what do you (do|know)|how do (you|i) (work|use)|who are you|what are you/.test(
        plain,
      ),
    meta: () => ({ about: 'help' }),
  },
  {
    asks: plain =>
      /(fresh|up to date|last updated|last update|most recent data|latest data|how recent|how current|how old is|stale|data end|data start|data cover|covered|date range|time range|time span|span|what period|which period|which dates|what dates|which years|what years|how far back|until when|from when)/.test(
        plain,
      ),
    meta: ({ numbers }) => (numbers === 0 ? { about: 'fresh' } : undefined),
  },
  {
    asks: plain => / (kpi|kpis|measures|metrics|measure names) /.test(plain),
    meta: ({ measures }) => (measures.length === 0 ? { about: 'measures' } : undefined),
  },
  {
    asks: plain =>
      / (what|which|list|show|describe|kind|all) /.test(plain) &&
      / (tables|table|datasets|data sets|sets|files|data|columns|fields) /.test(plain) &&
      / (have|available|there|contain|contains|inside|loaded|got|tables|columns|fields|know|exist|included|access|is in|in here|about|ask) /.test(
        plain,
      ),
    meta: ({ measures, dimensions }) => (measures.length + dimensions.length === 0 ? { about: 'data' } : undefined),
  },
  {
    asks: plain =>
      / (dimensions|breakdowns|attributes|fields|split by|slice by) /.test(plain) && / (what|which|list) /.test(plain),
    meta: ({ measures, dimensions }) =>
      measures.length + dimensions.length === 0 ? { about: 'dimensions' } : undefined,
  },
  {
    asks: plain =>
      / (what|which|list|show) /.test(plain) &&
      / (are there|is there|exist|available|do we have|do you have|do you know|possible|all|list) /.test(plain) &&
      !/ (how many|how much|number of|average|median|most|least|top|best|worst|highest|lowest|more|less|over|under|above|below|between|than|by|per) /.test(
        plain,
      ),
    meta: ({ measures, dimensions: [dimension = ''] }, model) => {
      const { type, personal } = model.dimensions[dimension] ?? {}
      return type === 'text' && !personal && measures.length === 0 ? { about: 'values', dimension } : undefined
    },
  },
]

const isBare = /^( (what|whats|is|are|s|explain|define|a|an|tell|me|please))* $/

const namesIn = (text: string, { lexicon }: Knowledge) => {
  const tokens = tokenize(text)
  const mentions = mentionsOf(tokens, lexicon)
  const named = mentions.flatMap(m => (m.kind === 'named' && !m.inflected ? [m] : []))
  const of = (kind: string) => named.filter(m => m.meanings.some(x => x.kind === kind))
  const pure = of('measure').filter(m => m.meanings.every(x => x.kind !== 'entity'))
  const rest = tokens
    .filter((t, i) => t.kind !== 'sign' && !named.some(m => i >= m.from && i < m.to))
    .map(t => t.lower)
    .join(' ')
  return {
    measures: of('measure').flatMap(m => m.meanings.flatMap(x => (x.kind === 'measure' ? [x.measure] : []))),
    dimensions: of('dimension').flatMap(m => m.meanings.flatMap(x => (x.kind === 'dimension' ? [x.dimension] : []))),
    entities: of('entity').flatMap(m => m.meanings.flatMap(x => (x.kind === 'entity' ? [x.table] : []))),
    values: of('value').filter(m => !m.part).length,
    periods: mentions.filter(m => m.kind === 'period').length,
    rest,
    numbers: pure.length,
  }
}

type Body = Pick<Told, 'title' | 'paragraphs' | 'items' | 'choices'>

/** The answer to a question about the data: only what the model and the data say. */
export const tellMeta = (
  meta: Meta,
  {
    model,
    knowledge,
    source,
    warnings,
  }: { model: Model; knowledge: Knowledge; source: string; warnings: readonly string[] },
): Body => {
  const examples = model.examples.map(question => ({ label: question, question }))
  switch (meta.about) {
    case 'help':
      return {
        title: `Ask me about ${model.label}`,
        paragraphs: [
          model.description,
          'Name a measure, and if you like a split, a filter and a period: “… by … last month”. In a thread you can change one part: “only …”, “by month”, “top 3 instead”.',
        ],
        items: measureItems(model).slice(0, 8),
        choices: examples.slice(0, 4),
      }
    case 'measures':
      return {
        title: `What can be measured in ${model.label}`,
        paragraphs: [],
        items: measureItems(model),
        choices: examples.slice(0, 3),
      }
    case 'dimensions':
      return {
        title: `What numbers can be split by in ${model.label}`,
        paragraphs: [],
        items: dimensionItems(model, knowledge),
        choices: examples.slice(0, 3),
      }
    case 'data':
      return {
        title: `The data of ${model.label}`,
        paragraphs: [model.description, rangeSentence(model, knowledge), ...warnings].filter(p => p !== ''),
        items: [
          ...Object.values(model.tables).map(t => ({
            term: t.name,
            text: [t.description, columnsSentence(model, t.name)].filter(Boolean).join(' '),
          })),
        ],
        choices: examples.slice(0, 3),
      }
    case 'table': {
      const t = model.tables[meta.table]
      return {
        title: `What is known of ${t?.name ?? meta.table}`,
        paragraphs: [t?.description ?? '', columnsSentence(model, meta.table), rangeSentence(model, knowledge)].filter(
          p => p !== '',
        ),
        items: [],
        choices: examples.slice(0, 3),
      }
    }
    case 'fresh':
      return {
        title: 'How fresh the data is',
        paragraphs: [rangeSentence(model, knowledge), `It comes from ${source}.`],
        items: [],
        choices: examples.slice(0, 2),
      }
    case 'measure':
      return aboutMeasure(meta.measure, model)
    case 'dimension': {
      const d = model.dimensions[meta.dimension]
      return {
        title: capital(d?.label ?? meta.dimension),
        paragraphs: [d?.description ?? '', valuesSentence(meta.dimension, knowledge)].filter(p => p !== ''),
        items: [],
        choices: [],
      }
    }
    case 'values': {
      const values = knowledge.values(meta.dimension)
      const label = model.dimensions[meta.dimension]?.label ?? meta.dimension
      return {
        title: `${capital(label)}: ${values.length} ${values.length === 1 ? 'value' : 'values'}`,
        paragraphs: [],
        items: values.slice(0, 60).map(v => ({ term: v, text: '' })),
        choices: [],
      }
    }
  }
}

const aboutMeasure = (name: string, model: Model): Body => {
  const m = model.measures[name]
  const label = m?.label ?? name
  const words = m && m.synonyms.length > 0 ? `Also called ${m.synonyms.slice(0, 4).join(', ')}.` : ''
  const confession = model.confessions[name] ?? ''
  const ask = (q: string) => ({ label: capital(q), question: q })
  return {
    title: capital(label),
    paragraphs: [m?.description ?? '', confession, words].filter(p => p !== ''),
    items: [],
    choices: [ask(`our ${label} last month`), ask(`${label} by month`)],
  }
}

const measureItems = (model: Model) => {
  const kpis = new Set(Object.values(model.kpis).map(k => k.measure))
  return Object.values(model.measures)
    .filter(m => !m.hidden)
    .toSorted((a, b) => Number(kpis.has(b.name)) - Number(kpis.has(a.name)))
    .map(m => ({ term: m.label, text: m.description, ask: `our ${m.label}` }))
}

const dimensionItems = (model: Model, knowledge: Knowledge) =>
  Object.values(model.dimensions)
    .filter(d => !d.hidden && !d.personal && !isTimePart(d.name))
    .map(d => ({ term: d.label, text: [d.description, valuesSentence(d.name, knowledge)].filter(Boolean).join(' ') }))

const valuesSentence = (dimension: string, knowledge: Knowledge): string => {
  const values = knowledge.values(dimension)
  if (values.length === 0) return ''
  return values.length > 8
    ? `${values.length} values, such as ${values.slice(0, 5).join(', ')}.`
    : `${values.join(', ')}.`
}

const columnsSentence = (model: Model, table: string): string => {
  const measures = Object.values(model.measures)
    .filter(m => !m.hidden && m.kind === 'base' && m.table === table)
    .map(m => m.label)
  const dimensions = Object.values(model.dimensions)
    .filter(d => !d.hidden && !d.personal && d.table === table)
    .map(d => d.label)
  return [
    measures.length > 0 ? `Measures: ${measures.slice(0, 12).join(', ')}.` : '',
    dimensions.length > 0 ? `Splits: ${dimensions.slice(0, 16).join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}

const rangeSentence = (model: Model, knowledge: Knowledge): string => {
  const lines = Object.values(model.tables).flatMap(t => {
    const range = t.time ? knowledge.range(t.time) : undefined
    return range && model.dimensions[t.time ?? '']?.table === t.name
      ? [`${capital(t.name)} go from ${range.first} to ${range.last} (${model.dimensions[t.time ?? '']?.label}).`]
      : []
  })
  return lines.length > 0 ? lines.join(' ') : 'The data has no dates.'
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
