import type { Owner } from '#src/store/answers.ts'
import { chooseChart } from '#src/study/choose-chart.ts'
import { drawAs } from '#src/study/draw-as.ts'
import { faultsOf } from '#src/study/faults.ts'
import type { Study } from '#src/study/study.ts'
import type { OnStory } from '#src/vocabulary/answer.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import type { Sentence, Story } from '#src/vocabulary/fact.ts'
import { begunJson } from './client/begun-json.ts'
import type { Complete, PromptName, Use } from './client/complete.ts'
import type { KeepStories } from './keep-stories.ts'
import { choosePrompt, type Prompts, readPrompts } from './prompts.ts'
import { showStudy } from './show-study.ts'
import { begunSchema, type ToldByModel, toldSchema } from './tell-schema.ts'
import type { Working } from './unread.ts'

/** What is told anew: a study, and in words what was asked for. */
export type ToRetell = {
  study: Study
  reading: string
  id: string
  domain: string
  owner?: Owner
  /** The same conversation gets the same text of a prompt. */
  thread?: string
}

/** A story in other words, perhaps with another chart. `words` is `computed` when nothing of the model's was kept. */
export type Retold = Pick<Study, 'story' | 'chart' | 'notes'> & {
  words: 'computed' | 'model'
  /** What was done, for the receipt. */
  steps: string[]
  uses: Use[]
  prompt: PromptName
}

export type Retell = (told: ToRetell, working: Pick<Working, 'signal' | 'onStory'>) => Promise<Retold>

export type RetellOptions = {
  /** The text, and `.next.md` beside it. Default: the shipped one. */
  prompt?: URL
  /** Seconds that a story is waited for. Default 20. */
  seconds?: number
  /** Keeps stories, and which model is the usual one; absent: each is told anew. */
  kept?: { stories: KeepStories; model: string }
}

/**
 * Has stories told by a language model. Each sentence is checked against facts and cells, and one that does not hold is left out. The same facts are not
 * told twice. Never fails because of the model: then the computed story is given. Throws `engine/cancelled` when whoever asked has left.
 */
export const openRetell = async (
  complete: Complete,
  { prompt: file = shipped, seconds = 20, kept }: RetellOptions = {},
): Promise<Retell> => {
  const prompts = await readPrompts(file)
  return async (told, { signal, onStory }) => {
    const prompt = promptFor(prompts, told)
    const request = requestFor(told, prompt)
    const model = prompt.model ?? kept?.model ?? ''
    const asked = { prompt, model, domain: told.domain, content: request.messages.map(m => m.content).join() }
    const before = await kept?.stories.find(asked)
    if (before) return { ...toldBefore(before, told), uses: [{ model, ...nothing }], prompt: named(prompt) }
    const patience = AbortSignal.timeout(seconds * 1000)
    try {
      const { value, use } = await complete(request, {
        signal: signal ? AbortSignal.any([signal, patience]) : patience,
        ...(onStory && { onText: sentencesBegun(told, onStory) }),
      })
      const found = retold(value, told)
      if (found.words === 'model') await kept?.stories.keep(asked, value, told.id)
      return { ...found, uses: [use], prompt: named(prompt) }
    } catch (error) {
      if (signal?.aborted || !(error instanceof ChartroomError)) throw error
      const why = patience.aborted ? `It did not answer within ${seconds} seconds.` : error.message
      return { ...asComputed(told.study, `The story is told by rules. ${why}`), uses: [], prompt: named(prompt) }
    }
  }
}

const shipped = new URL('../../prompts/tell.md', import.meta.url)

const promptFor = (prompts: Prompts, { thread, id }: ToRetell) => choosePrompt(prompts, thread ?? id)

const named = ({ name, version }: PromptName): PromptName => ({ name, version })

const requestFor = ({ study, reading, id, domain, owner }: ToRetell, prompt: Prompts['current']) => ({
  ...{ step: 'story', prompt: named(prompt), system: prompt.text, schema: toldSchema },
  messages: [{ role: 'user' as const, content: showStudy(study, reading) }],
  ...{ model: prompt.model, temperature: prompt.temperature, owner, domain, question: id, most: 1500 },
})

/** Tells of the sentences that hold, as they are written. */
const sentencesBegun = ({ study, reading }: ToRetell, onStory: OnStory) => {
  const verdicts = new Map<string, boolean>()
  const holds = (s: Sentence) => {
    const key = JSON.stringify(s)
    const verdict = verdicts.get(key) ?? isTrue(s, { study, reading })
    verdicts.set(key, verdict)
    return verdict
  }
  let [said, read] = ['', 0]
  return (soFar: string) => {
    const news = soFar.length < read ? soFar : soFar.slice(read)
    read = soFar.length
    // Only then a sentence may have ended.
    if (!/[}\]]/.test(news)) return
    const begun = begunSchema.safeParse(begunJson(soFar)).data
    if (!begun) return
    const { headline, ...rest } = begun
    const lines = [
      ...(headline && holds(headline) && isShort(headline) ? [headline] : []),
      ...parts.flatMap(name => (rest[name] ?? []).filter(holds).slice(0, most[name])),
    ].map(({ text }) => text)
    if (lines.length === 0 || lines.join('\n') === said) return
    said = lines.join('\n')
    onStory(lines)
  }
}

type Kept = Omit<Retold, 'uses' | 'prompt'>

const nothing = { input: 0, cached: 0, output: 0, cost: 0, ms: 0 }

const toldBefore = (before: ToldByModel, told: ToRetell): Kept => {
  const { steps, ...found } = retold(before, told)
  return { ...found, steps: [...steps, 'The same facts were told before: no call was made for it.'] }
}

const asComputed = ({ story, chart, notes }: Study, ...steps: string[]): Kept => ({
  ...{ story, chart, notes },
  ...{ words: 'computed', steps },
})

const retold = (told: ToldByModel, { study, reading }: ToRetell): Kept => {
  const { story, kept, dropped } = checkedStory(told, { study, reading })
  const steps = [storyStep({ kept, dropped })]
  const { material, facts } = study
  const drawn =
    told.chart && !study.material.view.query.chart ? drawAs(told.chart, { material, facts, story }) : undefined
  if (drawn && told.chart) steps.push(`Drawn as ${told.chart.kind}, as the language model chose.`)
  else if (told.chart) steps.push(`The language model chose ${told.chart.kind}; this result cannot be drawn so.`)
  return { story, ...(drawn ?? chooseChart(material, facts, story)), words: kept > 0 ? 'model' : 'computed', steps }
}

const most = { summary: 3, insights: 5, implications: 2 } as const
const parts = ['summary', 'insights', 'implications'] as const

const isTrue = (s: Sentence, { study, reading }: Pick<ToRetell, 'study' | 'reading'>) =>
  faultsOf(s, { material: study.material, facts: study.facts, reading }).length === 0

const isShort = ({ text }: Sentence) => text.length <= 120

/** The sentences that hold. Without one for the summary, all of it is told by rules; a headline that does not hold is the computed one. */
const checkedStory = (told: ToldByModel, { study, reading }: Pick<ToRetell, 'study' | 'reading'>) => {
  const holds = (s: Sentence) => isTrue(s, { study, reading })
  const all = [told.headline, ...told.summary, ...told.insights, ...told.implications]
  const of = (name: keyof typeof most) => told[name].filter(holds).slice(0, most[name])
  const summary = of('summary')
  if (summary.length === 0) return { story: study.story, kept: 0, dropped: all.length }
  const headline = holds(told.headline) && isShort(told.headline) ? told.headline : study.story.headline
  const story: Story = { headline, summary, insights: of('insights'), implications: of('implications') }
  const kept = [headline, ...summary, ...story.insights, ...story.implications].filter(s => all.includes(s)).length
  return { story, kept, dropped: all.length - kept }
}

const storyStep = ({ kept, dropped }: { kept: number; dropped: number }): string => {
  if (kept === 0) return 'The story is told by rules: what the language model wrote does not agree with the numbers.'
  const left = dropped > 0 ? `; ${dropped} that did not agree with the numbers were left out` : ''
  return `Told by the language model: ${kept} sentences, each checked against the numbers${left}.`
}
