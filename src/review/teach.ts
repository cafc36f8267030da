import { createHash } from 'node:crypto'
import type { FindDomain } from '#src/ask.ts'
import type { Domain } from '#src/domain.ts'
import { draftSchema, queryOf } from '#src/nl2sql/draft.ts'
import type { Example } from '#src/nl2sql/examples.ts'
import type { Taught } from '#src/nl2sql/taught.ts'
import { compile, isCompileProblem } from '#src/semantic/compile.ts'
import type { Model } from '#src/semantic/model.ts'
import type { KeptLesson, Lesson, Lessons } from '#src/store/lessons.ts'

/** A model that also knows the words that admins taught. A word for something that is not there, or that is there already, changes nothing. */
export const withLessons = (model: Model, lessons: readonly Lesson[]): Model => {
  const words = lessons.filter(lesson => lesson.kind === 'synonym')
  const taught = <T extends { synonyms: string[] }>(things: Record<string, T>, of: 'measure' | 'dimension') => {
    const known = new Map(Object.entries(things))
    for (const { name, word } of words.filter(lesson => lesson.of === of)) {
      const thing = known.get(name)
      if (thing && !thing.synonyms.includes(word)) known.set(name, { ...thing, synonyms: [...thing.synonyms, word] })
    }
    return Object.fromEntries(known)
  }
  return words.length === 0
    ? model
    : { ...model, measures: taught(model.measures, 'measure'), dimensions: taught(model.dimensions, 'dimension') }
}

type Parts = { lessons: Pick<Lessons, 'of'>; warn: (event: string, error: unknown) => void }

/** The same look-up of domains, which then know the words that admins taught. A store that is away is survived. */
export const createTaught =
  (find: FindDomain, { lessons, warn }: Parts): FindDomain =>
  async (name, who) => {
    const domain = await find(name, who)
    const taught = await lessons.of(domain.model.domain).catch(error => {
      warn('lessons', error)
      return []
    })
    const words = taught.filter(({ kind }) => kind === 'synonym')
    if (words.length === 0) return domain
    const key = `taught ${createHash('sha256').update(JSON.stringify(words)).digest('base64url')}`
    return domain.as({ key, narrow: parts => ({ ...parts, model: withLessons(parts.model, words) }) })
  }

/** Gives what admins taught a language model: worked questions that somebody with these rights could have asked, and rules. */
export const createLessonsOf =
  ({ lessons, warn }: Parts): ((domain: Domain) => Promise<Taught>) =>
  async domain => {
    const all = await lessons.of(domain.model.domain).catch((error): KeptLesson[] => {
      warn('lessons', error)
      return []
    })
    return {
      examples: all.flatMap(lesson => (lesson.kind === 'example' && fits(lesson, domain) ? [exampleOf(lesson)] : [])),
      rules: all.flatMap(lesson => (lesson.kind === 'rule' ? [lesson.rule] : [])).slice(-mostRules),
    }
  }

const mostRules = 20

type ExampleLesson = Extract<Lesson, { kind: 'example' }>

const exampleOf = ({ question, query, sql }: ExampleLesson): Example =>
  sql === undefined ? { question, query } : { question, sql }

/** Where rows are left out, a text may hold what the asker must not see. */
const fits = ({ query, sql }: ExampleLesson, { model, dialect, notes }: Domain): boolean => {
  if (notes.length > 0) return false
  if (sql !== undefined) return true
  const draft = draftSchema.safeParse(query)
  const asked = draft.success ? queryOf(draft.data, model.domain) : undefined
  return asked !== undefined && !isCompileProblem(compile(asked, model, dialect))
}
