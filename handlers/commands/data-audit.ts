import type { AuditLine } from '#src/access/audit-report.ts'
import type { Answer } from '#src/vocabulary/answer.ts'
import { notUnderstood, ofReport } from './data-report.ts'
import type { Command } from './parse.ts'
import { type CommandRun, quoted } from './reply.ts'
import type { UseCases } from './use-cases.ts'

type Run = CommandRun<Extract<Command, { kind: 'data-audit' }>>

/** `data audit [who] [how it ended] [since when]`: the latest questions, for admins. Others are refused. */
export const runDataAudit = (run: Run, { audit }: Pick<UseCases, 'audit'>): Promise<Answer> =>
  ofReport(run, audit, ({ label, lines, unread }) => {
    const { words } = run.command
    if (unread.length > 0) return notUnderstood(run, unread, examples)
    const about = label && ` (${label})`
    return run.reply.told({
      domain: run.turn.domain ?? '',
      title: 'Who asked what',
      paragraphs: [
        lines.length > 0 ? `The latest ${lines.length}${about}; times are UTC.` : `No questions are kept${about}.`,
      ],
      items: lines.map(line => ({ term: termOf(line), text: textOf(line) })),
      choices: [
        { label: 'Only failures', question: 'data audit failed last week' },
        { label: 'Who used how much', question: 'data usage' },
      ].filter(({ question }) => question !== `data audit ${words}`),
    })
  })

const examples = ['data audit today', 'data audit failed last week', 'data audit @U123 last 3 days']

const termOf = ({ at, who }: AuditLine) => `${at.slice(0, 16).replace('T', ' ')} · ${who ?? 'this machine'}`

const textOf = ({ question, outcome, code, domain, place, rows, ms }: AuditLine) =>
  [
    quoted(question),
    code ? `${outcome} (${code})` : outcome,
    ...(domain ? [domain] : []),
    ...(place ? [`in ${place}`] : []),
    ...(rows === undefined ? [] : [`${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`]),
    `${ms.toLocaleString('en-US')} ms`,
  ].join(' · ')
