import type { VerifiedLine } from '#src/verified/verifying.ts'
import type { Answer, Clarify, Told } from '#src/vocabulary/answer.ts'
import { forAdmins } from './data-report.ts'
import type { Command, VerifyDeed } from './parse.ts'
import { type CommandRun, quoted } from './reply.ts'
import type { UseCases } from './use-cases.ts'

type Run = CommandRun<Extract<Command, { kind: 'data-verified' }>>

/**
 * `data verify [as <name>]`: the last answer of the conversation is right. `data verified`: what is. `data unverify <n>`: it is no longer. For admins
 * and the owner of a dataset; others are refused.
 */
export const runDataVerified = (run: Run, { verifying }: Pick<UseCases, 'verifying'>): Promise<Answer> => {
  const { deed } = run.command
  switch (deed.deed) {
    case 'unclear':
      return Promise.resolve(expected(run, deed))
    case 'verify':
      return forAdmins(run, verifying && (turn => verifying.verify(turn, deed)), verdict => {
        if (verdict.kind === 'verified')
          return told(run, {
            ...{ domain: verdict.domain, title: `Verified: ${verdict.question}` },
            paragraphs: [
              `From now on this question, also in slightly other words, is answered that way first, with current data, and says “Verified by ${verdict.name}”.`,
            ],
            choices: [{ label: 'Undo', question: `data unverify ${verdict.nth}` }, list],
          })
        if (verdict.kind === 'problem')
          return told(run, {
            ...{ domain: verdict.domain, title: 'This answer cannot be verified' },
            paragraphs: [verdict.problem],
          })
        return told(run, {
          title: 'There is no answer here to verify',
          paragraphs: ['Ask a question in this conversation, look at the answer, then say `data verify`.'],
          choices: [list],
        })
      })
    case 'verified':
      return forAdmins(run, verifying?.list, lines =>
        told(run, {
          title: lines.length > 0 ? 'Verified questions' : 'No question is verified yet',
          paragraphs: lines.length > 0 ? notUsed(lines) : ['Say `data verify` after an answer that is right.'],
          items: lines.slice(0, most).map(itemOf),
        }),
      )
    case 'unverify':
      return forAdmins(run, verifying && (turn => verifying.remove(turn, deed.nth)), gone =>
        told(run, {
          title: gone ? `No longer verified: ${gone.question}` : `There is no verified question ${deed.nth}`,
          choices: [list],
        }),
      )
  }
}

const most = 40

const list = { label: 'All verified questions', question: 'data verified' }

/** What is expected behind `verify` and `unverify`; other words there are no question. */
const expected = ({ turn, reply }: Run, { of, said }: Extract<VerifyDeed, { deed: 'unclear' }>): Clarify =>
  reply.clarify({
    domain: turn.domain ?? '',
    message: [
      ...(said === '' ? [] : [`I do not know what ${quoted(said)} means here.`]),
      of === 'verify'
        ? 'Say `data verify` right after an answer, or `data verify as <name>` to say in whose name.'
        : 'Say `data unverify` and the number of a verified question; `data verified` lists them with their numbers.',
    ].join(' '),
    unused: said === '' ? [] : [said],
    choices: of === 'verify' ? [{ label: 'data verify', question: 'data verify' }, list] : [list],
  })

const told = ({ turn, reply }: Run, words: Partial<Told> & Pick<Told, 'title'>) =>
  reply.told({ domain: turn.domain ?? '', paragraphs: [], items: [], choices: [], ...words })

const notUsed = (lines: readonly VerifiedLine[]): string[] => {
  const count = lines.filter(({ trouble }) => trouble !== undefined).length
  const broken = count === 1 ? '1 is not used' : `${count} are not used`
  return [
    ...(count > 0
      ? [`${broken}, because what ${count === 1 ? 'it was' : 'they were'} verified with has changed.`]
      : []),
    ...(lines.length > most ? [`The first ${most} of ${lines.length}.`] : []),
  ]
}

const itemOf = ({ nth, domain, question, name, day, trouble }: VerifiedLine) => ({
  term: `${nth} · ${question}`,
  text: [
    domain,
    `by ${name} on ${day}`,
    ...(trouble === undefined ? [] : [`not used: ${trouble}`]),
    `to remove it: data unverify ${nth}`,
  ].join(' · '),
  ask: question,
})
