import type { Spending, UsageLine } from '#src/access/usage-report.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { notUnderstood, ofReport } from './data-report.ts'
import type { Command } from './parse.ts'
import type { CommandRun } from './reply.ts'
import type { UseCases } from './use-cases.ts'

type Run = CommandRun<Extract<Command, { kind: 'data-usage' }>>

/** `data usage [who] [since when]`: how much each person used, for admins. Others are refused. */
export const runDataUsage = (run: Run, { usage }: Pick<UseCases, 'usage'>): Promise<Answer> =>
  ofReport(run, usage, ({ label, lines, unread, spending }) => {
    if (unread.length > 0) return notUnderstood(run, unread, examples)
    return run.reply.told({
      domain: run.turn.domain ?? '',
      title: 'Who used how much',
      paragraphs: [
        lines.length > 0 ? `Per day, person and domain (${label}).` : `Nobody asked anything (${label}).`,
        ...(spending ? [spendingText(spending)] : []),
      ],
      items: lines.map(line => ({ term: termOf(line), text: textOf(line) })),
      choices: [{ label: 'The latest questions', question: 'data audit' }],
    })
  })

const examples = ['data usage today', 'data usage last 30 days', 'data usage @U123']

const termOf = ({ day, who }: UsageLine) => `${day} · ${who ?? 'this machine'}`

const textOf = ({ domain, questions, failed, refused, rows, ms }: UsageLine) =>
  [
    domain || 'no domain',
    many(questions, 'question'),
    ...(failed > 0 ? [`${count(failed)} failed`] : []),
    ...(refused > 0 ? [`${count(refused)} refused`] : []),
    many(rows, 'row'),
    `${count(Math.round(ms / questions))} ms each`,
  ].join(' · ')

const spendingText = ({ calls, tokens, cost, asked, kept }: Spending) =>
  `Language model: ${many(calls, 'call')}, ${many(tokens, 'token')}, $${cost.toFixed(2)}; of ${many(asked, 'question')} ${count(kept)} needed none, since what they were worked out to was kept.`

const count = (n: number) => n.toLocaleString('en-US')
const many = (n: number, word: string) => `${count(n)} ${n === 1 ? word : `${word}s`}`
