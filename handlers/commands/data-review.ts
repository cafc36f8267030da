import type { Review, ReviewDeed } from '#src/review/reviewing.ts'
import type { Complaint } from '#src/store/complaints.ts'
import type { Lesson } from '#src/store/lessons.ts'
import type { Answer, Choice, Told } from '#src/vocabulary/answer.ts'
import { forAdmins } from './data-report.ts'
import type { Command } from './parse.ts'
import { type CommandRun, quoted } from './reply.ts'
import type { UseCases } from './use-cases.ts'

type Run = CommandRun<Extract<Command, { kind: 'data-review' }>>

/**
 * `data review`: what people said against answers. `data review <n>`: one of them, with what can be made of it. `data lessons`: what was made. For
 * admins; others are refused.
 */
export const runDataReview = (run: Run, { reviewing }: Pick<UseCases, 'reviewing'>): Promise<Answer> => {
  const { words } = run.command
  switch (words.about) {
    case 'list':
      return forAdmins(run, reviewing?.list, complaints => listed(complaints, run))
    case 'one':
      return forAdmins(run, reviewing && (turn => reviewing.open(turn, words.nth)), review =>
        review ? opened(review, run) : unknown(words.nth, run),
      )
    case 'settle':
      return forAdmins(run, reviewing && (turn => reviewing.settle(turn, words.nth, words.deed)), reviewed => {
        if (!reviewed) return unknown(words.nth, run)
        if ('problem' in reviewed)
          return told(run, {
            title: 'Nothing was changed',
            paragraphs: [reviewed.problem],
            choices: [backTo(words.nth), rest],
          })
        return told(run, {
          title: reviewed.done,
          paragraphs: [effectOf(words.deed)].filter(Boolean),
          choices: undoOf(reviewed.lesson),
        })
      })
    case 'lessons':
      return forAdmins(run, reviewing?.lessons, lessons =>
        told(run, {
          title: lessons.length > 0 ? 'What was taught' : 'Nothing was taught yet',
          items: lessons.slice(-most).map(lesson => ({
            term: `${lesson.nth} · ${lesson.kind}`,
            text: `${lessonText(lesson)} · to remove it: data forget lesson ${lesson.nth}`,
          })),
          choices: [rest],
        }),
      )
    case 'forget':
      return forAdmins(run, reviewing && (turn => reviewing.forget(turn, words.nth)), gone =>
        told(run, {
          title: gone ? `Lesson ${words.nth} is forgotten` : `There is no lesson ${words.nth}`,
          choices: [lessonList],
        }),
      )
  }
}

const most = 40

const rest: Choice = { label: 'What else is open', question: 'data review' }
const lessonList: Choice = { label: 'What was taught', question: 'data lessons' }
const backTo = (nth: number): Choice => ({ label: `Back to ${nth}`, question: `data review ${nth}` })

const told = ({ turn, reply }: Run, words: Partial<Told> & Pick<Told, 'title'>) =>
  reply.told({ domain: turn.domain ?? '', paragraphs: [], items: [], choices: [], ...words })

const unknown = (nth: number, run: Run) => told(run, { title: `There is no complaint ${nth}`, choices: [rest] })

const listed = (complaints: readonly Complaint[], run: Run) =>
  told(run, {
    title: complaints.length > 0 ? 'Answers that people found wrong' : 'Nothing is left to look at',
    paragraphs: complaints.length > 0 ? [`The latest ${complaints.length}. Open one to make something of it.`] : [],
    items: complaints.map(complaint => ({
      term: `${complaint.nth} · ${complaint.question}`,
      text: linesOf(complaint).join(' · '),
      ask: `data review ${complaint.nth}`,
    })),
    choices: [lessonList],
  })

const linesOf = ({ reason, by, domain, answer, at }: Complaint): string[] => [
  reason ? quoted(reason) : 'no reason given',
  by?.user ?? 'this machine',
  new Date(at).toISOString().slice(0, 10),
  ...(domain ? [domain] : []),
  ...(answer && 'receipt' in answer ? [`read as ${answer.receipt.reading}`] : []),
]

const opened = ({ complaint, reading, right, synonyms }: Review, run: Run) => {
  const command = (deed: string) => `data review ${complaint.nth} ${deed}`
  const choices: Choice[] = [
    ...right.map(({ id, reading: words }) => ({ label: `Right: ${words}`, question: command(`example ${id}`) })),
    ...synonyms.map(({ word, name, label }) => ({
      label: `“${word}” means ${label}`,
      question: command(`synonym ${word} = ${name}`),
    })),
    ...(complaint.reason ? [{ label: `Rule: ${quoted(complaint.reason)}`, question: command('rule') }] : []),
    { label: 'Resolved', question: command('resolved') },
    { label: 'Ignore', question: command('ignored') },
  ]
  return told(run, {
    title: complaint.question,
    paragraphs: [
      linesOf(complaint).slice(0, 4).join(' · '),
      ...(reading ? [`It was read as: ${reading}.`] : []),
      `To teach the right answer yourself: ask it here another way, then say “${command('example')}”; or “${command('synonym <word> = <name>')}”, “${command('rule <words>')}”.`,
    ],
    choices,
  })
}

const effectOf = ({ deed }: ReviewDeed): string => {
  switch (deed) {
    case 'example':
      return 'It is shown to the language model with questions that are like it. To fix this very question, verify the right answer: data verify.'
    case 'synonym':
      return 'It holds from the next question on.'
    case 'rule':
      return 'The language model gets it with every question about this data.'
    case 'resolved':
    case 'ignored':
      return ''
  }
}

const undoOf = (lesson: number | undefined): Choice[] =>
  lesson === undefined ? [rest] : [{ label: 'Undo', question: `data forget lesson ${lesson}` }, rest]

const lessonText = (lesson: Lesson): string => {
  switch (lesson.kind) {
    case 'example':
      return `${quoted(lesson.question)}: ${quoted(lesson.sql ?? JSON.stringify(lesson.query))}`
    case 'synonym':
      return `“${lesson.word}” means ${lesson.name}`
    case 'rule':
      return lesson.rule
  }
}
